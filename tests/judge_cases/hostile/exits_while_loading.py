# expect: runtime_error kind: start

import os

os._exit(0)
