"""The door for the application server: `cepr_press.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cepr_press.settings")
application = get_wsgi_application()
