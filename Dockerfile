# syntax=docker/dockerfile:1
# The program in a container: docker build --tag configbus .

FROM swift:6.2-bookworm AS build
# What Debian has is what the run stage's packages are made for.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install --yes --no-install-recommends \
        dpkg-dev fakeroot libmongoc-dev librabbitmq-dev libre2-dev libsqlite3-dev pkg-config && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN scripts/package

FROM debian:12-slim
# The package names the libraries that it needs.
# hadolint ignore=DL3008
RUN --mount=type=bind,from=build,source=/src/.build/package/out,target=/packages \
    apt-get update && \
    apt-get install --yes --no-install-recommends ca-certificates /packages/*.deb && \
    rm -rf /var/lib/apt/lists/* && \
    install -d -o 65532 -g 65532 -m 700 /data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["configbus", "health", "--timeout", "4s"]
ENTRYPOINT ["configbus"]
CMD ["serve"]
