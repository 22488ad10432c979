# One image for servers (python run.py) and judge workers (python worker.py), which do not run as root.
#
# The judge's sandbox needs user namespaces, which Docker's own profiles keep from containers: a worker is run with
#   --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined
# and needs neither --privileged nor any capability. See docs/operations.md.
FROM python:3.12-slim-bookworm

ARG LANGUAGES="gcc g++ libc6-dev default-jdk-headless golang-go rustc ruby php-cli php-mbstring perl lua5.4"
RUN apt-get update && apt-get install -qy --no-install-recommends make bubblewrap ${LANGUAGES} && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /srv/codemaze codemaze
WORKDIR /srv/codemaze
COPY --chown=codemaze . .
USER codemaze
RUN make .venv/installed && mkdir -p data
VOLUME /srv/codemaze/data
EXPOSE 4000
CMD [".venv/bin/python", "run.py"]
