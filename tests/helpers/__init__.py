"""What test modules share, in rooms by subject; no test module is imported by another.

`authority`: keys, certificates and the CAs of tests. `papers`: what applicants send. `desk`: an office at work, without
its window. `window`: what is opened, filled in and read there. `patience`: how long a test waits. Not here: real peers
(`tests.servers`), fixtures (`conftest.py`), and the tools of one kind of tests only, which stand beside them in modules
that are no tests (`contract/benches.py`, `hostile/pdfs.py`, `ui/fake_desk.py`).
"""
