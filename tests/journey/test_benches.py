"""The benches run on a profile made as the command makes it; what they measure is nobody's business here."""

import json
import subprocess
import sys

from tests.helpers.window.real_window import PATIENCE_MS


def test_a_case_of_a_made_profile_is_opened_and_its_receipt_printed() -> None:
    command = [sys.executable, "-m", "tests.bench", "--cases", "40", "--json", "open", "receipt"]
    told = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_MS / 1000)
    assert {figure["name"] for figure in json.loads(told.stdout)} == {"open", "receipt"}
