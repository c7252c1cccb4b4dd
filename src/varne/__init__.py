"""Varne: what does each way of responding to a small boat in the Channel do to the risk to life?"""

import lazy_loader

# Names are loaded when they are first used, so that `varne --help` needs no numerical library. See __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
