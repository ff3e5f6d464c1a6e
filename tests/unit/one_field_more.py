"""A plugin for pytest: every test that follows runs on a program whose staff register knows a field more.

Loaded first of all, it puts a row that only the register has in front of the table of person fields.
"""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType

_NAME = "lockdesk.desk.values.person_fields"
_HEAD = b"PERSON_FIELDS = ("
_ROW = b'PersonField("shoe_size", "Ukuran sepatu", "Ukuran sepatu", ("ukuran sepatu",), on_request=False),'


class _WithTheRow(SourceFileLoader):
    """The module from its source, never from what Python kept of it."""

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path)
        assert source.count(_HEAD) == 1
        return self.source_to_code(source.replace(_HEAD, _HEAD + _ROW), self.path)


_found = importlib.util.find_spec(_NAME)
assert _found is not None and _found.origin is not None
_loader = _WithTheRow(_NAME, _found.origin)
_spec = importlib.util.spec_from_loader(_NAME, _loader)
assert _spec is not None
sys.modules[_NAME] = importlib.util.module_from_spec(_spec)
_loader.exec_module(sys.modules[_NAME])
