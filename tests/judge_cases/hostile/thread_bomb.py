# expect: runtime_error
import threading
import time


def solve(n):
    while True:
        threading.Thread(target=time.sleep, args=(60,)).start()
