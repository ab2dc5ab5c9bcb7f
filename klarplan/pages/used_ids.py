"""The ids that a strategy has given before: those of adopted pages, and all that git knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from klarplan.pages.adopted import read_adopted
from klarplan.strategy.former_ids import Ids, files_with_ids, former_ids
from klarplan.strategy.new_ids import Used
from klarplan.strategy.schema import Descriptor


def used_before(root: Path, descriptor: Descriptor) -> Used:
    """Ids that are not to be given again below ``root``; git is asked once, when it is needed."""

    @cache
    def former() -> Ids:
        return former_ids(root, files_with_ids(descriptor))

    promises = read_adopted(root).promises
    adopted = [promise.address.strip("/").rpartition("/")[2] for promise in promises]
    return Used(adopted, lambda table: former().get(table, {}))
