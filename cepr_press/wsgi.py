"""The door for the application server: `cepr_press.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cepr_press.settings")
django_application = get_wsgi_application()

# The page cache and the counts ask the database, and may do so only after Django is set up.
from cepr_press.mark import keep_later  # noqa: E402
from cepr_press.page_cache import PageCache  # noqa: E402
from cepr_press.watch.door import Door  # noqa: E402
from donations.counting import store_in_background  # noqa: E402

store_in_background()
application = Door(PageCache(django_application, keep_later))
