"""What a picture's copies weigh at like quality, and how much memory the largest picture takes.

    .venv/bin/python -m benchmarks.renditions [FILE …]

Without files, the demo's pictures. Likeness is SSIM (Wang et al., 2004) of the luma in windows of
8 × 8 pixels, against the lossless picture of the same size; 1 is the same. Memory is the peak of
a process of its own.
"""

import os
import resource
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter

import django
from PIL import Image, ImageMath

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cepr_press.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402

from files.gate import admit_picture  # noqa: E402
from files.models import Picture  # noqa: E402
from files.renditions import FORMATS, rendition, widths  # noqa: E402

WIDTH, WINDOW = 960, 8
DEMO = Path(__file__).resolve().parents[1] / "cepr_press/demo/pictures"
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2  # the paper's constants, for 8 bits
LARGEST = (10_000, 6_000)
PEAK = "--peak"


def main(paths: list[str]) -> None:
    """Print both tables."""
    print(f"{'':36}{'bytes':>9}{'of JPEG':>9}{'SSIM':>8}{'ms':>7}")
    for path in [Path(one) for one in paths] or sorted(DEMO.glob("*.*")):
        formats(path)
    print(f"\n{'A JPEG of 60 megapixels':36}{'peak MB':>9}")
    for what in ("nothing", "the gate", "its copies"):
        command = [sys.executable, "-m", "benchmarks.renditions", PEAK, what]
        print(f"{what:36}{subprocess.check_output(command, text=True).strip():>9}", flush=True)


def formats(path: Path) -> None:
    """Print what one picture's copies weigh, and how like they are."""
    with Image.open(path) as image:
        height = round(image.height * WIDTH / image.width)
        small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    weight: dict[str, int] = {}
    for extension in reversed(FORMATS):
        form, out, start = FORMATS[extension], BytesIO(), perf_counter()
        small.save(out, form.encoder, **form.options)
        took, weight[extension] = perf_counter() - start, out.tell()
        share = weight[extension] / weight["jpg"]
        alike = likeness(small, Image.open(out).convert("RGB"))
        name = f"{path.stem[:30]} {extension}"
        print(f"{name:36}{out.tell():9}{share:9.2f}{alike:8.4f}{took * 1000:7.0f}")


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return the mean SSIM of the luma of two pictures of one size."""
    a, b = one.convert("L").convert("F"), other.convert("L").convert("F")
    pairs = ((a, a), (b, b), (a, b))
    products = [
        ImageMath.lambda_eval(lambda args: args["x"] * args["y"], x=x, y=y) for x, y in pairs
    ]
    means = [list(image.reduce(WINDOW).get_flattened_data()) for image in (a, b, *products)]
    found = [_ssim(*window) for window in zip(*means, strict=True)]
    return sum(found) / len(found)


def _ssim(a: float, b: float, aa: float, bb: float, ab: float) -> float:
    alike = (2 * a * b + C1) * (2 * (ab - a * b) + C2)
    return alike / ((a * a + b * b + C1) * (aa - a * a + bb - b * b + C2))


def peak(what: str) -> int:
    """Return how many megabytes this process took at most, having done `what`."""
    if what == "the gate":
        admit_picture(_large(), "large.jpg")
    elif what == "its copies":
        _copies()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _large() -> bytes:
    """Return a JPEG of 60 megapixels, made by a process whose memory does not count."""
    code = (
        "import sys; from PIL import Image; "
        f"Image.effect_mandelbrot({LARGEST}, (-3, -2.5, 2, 2.5), 20).convert('RGB')"
        ".save(sys.stdout.buffer, 'JPEG', quality=90)"
    )
    return subprocess.check_output([sys.executable, "-c", code])


def _copies() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        picture = Picture(key="A" * 22)
        picture.file.save("large.jpg", ContentFile(_large()), save=False)
        picture.width, picture.height = LARGEST
        for width in widths(picture):
            for extension in FORMATS:
                rendition(picture, width, extension).close()


if __name__ == "__main__":
    if sys.argv[1:2] == [PEAK]:
        print(peak(sys.argv[2]))
    else:
        main(sys.argv[1:])
