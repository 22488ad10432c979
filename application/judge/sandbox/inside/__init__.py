"""Programs that run inside the sandbox, alone with the standard library; the server never imports them."""
