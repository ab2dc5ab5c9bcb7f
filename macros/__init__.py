"""What a Markdown author may call: selects and shapes data, holds no markup.

Every module here registers its macros as it is imported; a new one needs no entry anywhere else.
"""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
