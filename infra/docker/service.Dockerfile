# One service in an image of its own: docker build -f infra/docker/service.Dockerfile --build-arg SERVICE=gateway .
# Holds the bundle, the packages it leaves outside, the files it reads (migrations, prices) and its SBOM; no sources and
# no package manager.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
ARG SERVICE
# A second workspace whose dist/ the service serves as files: `console` for the gateway.
ARG STATIC=""
# `1` adds the CUDA build of llama.cpp to inference (400 MB more; the host needs the NVIDIA container toolkit).
ARG CUDA=0
WORKDIR /repo
ENV CI=true PATH=/repo/tools/toolchain/node_modules/.bin:$PATH
# Node and pnpm as everywhere else in this repository.
COPY tools/toolchain/package.json tools/toolchain/package-lock.json tools/toolchain/
RUN npm ci --prefix tools/toolchain --no-audit --no-fund
COPY . .
RUN --mount=type=cache,id=llmops-pnpm,target=/pnpm-store set -e; \
    for name in $SERVICE $STATIC; do with="$with --filter @llmops/$name..."; only="$only --filter @llmops/$name"; done; \
    pnpm install --frozen-lockfile --store-dir /pnpm-store $with; \
    pnpm $only run build; \
    pnpm sbom --sbom-format cyclonedx --sbom-type application --prod $only --out /out/sbom.cdx.json
RUN set -e; \
    cp -r "apps/$SERVICE/dist" "apps/$SERVICE/package.json" /out/; \
    for folder in drizzle catalogue parser; do \
      if [ -d "apps/$SERVICE/$folder" ]; then cp -r "apps/$SERVICE/$folder" /out/; fi; \
    done; \
    if [ -n "$STATIC" ]; then cp -r "apps/$STATIC/dist" "/out/$STATIC"; fi; \
    node infra/docker/copy-externals.mjs "apps/$SERVICE" /out; \
    cp infra/docker/health.mjs /out/; \
    find /out/dist -name '*.map' -delete
RUN set -e; \
    if [ "$CUDA" = 1 ]; then \
      version="$(node -p 'require("/out/node_modules/node-llama-cpp/package.json").version')"; \
      npm install --prefix /tmp/cuda --ignore-scripts --no-audit --no-fund \
        "@node-llama-cpp/linux-x64-cuda@$version" "@node-llama-cpp/linux-x64-cuda-ext@$version"; \
      cp -r /tmp/cuda/node_modules/@node-llama-cpp/. /out/node_modules/@node-llama-cpp/; \
    fi

# What retrieval's parser imports; the image fetches nothing when it runs, and has no pip.
RUN set -e; \
    if [ -f /out/parser/requirements.txt ]; then \
      apt-get update; \
      apt-get install -y --no-install-recommends python3 python3-pip; \
      python3 -m pip install --no-deps --only-binary :all: --no-cache-dir --disable-pip-version-check \
        --root-user-action=ignore --target /out/parser/packages -r /out/parser/requirements.txt; \
      touch /out/parser/packages/.complete; \
    fi

FROM ${NODE_IMAGE}
# Debian packages the service runs as programs: pip in models, git in data, Python in retrieval.
ARG PACKAGES=""
RUN set -e; \
    if [ -n "$PACKAGES" ]; then \
      apt-get update; \
      apt-get install -y --no-install-recommends $PACKAGES; \
      apt-get clean; \
      rm -rf /var/lib/apt/lists/*; \
    fi; \
    rm -rf /usr/local/lib/node_modules /opt/yarn*; \
    groupadd --gid 10001 llmops; \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin llmops; \
    # Named volumes take the owner of the folder they are first mounted on.
    install -d -o llmops -g llmops -m 0750 /objects /credentials /scratch
COPY --from=build /out /app
ARG SERVICE
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="llmops-${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.llmops.sbom.path="/app/sbom.cdx.json" \
      org.llmops.sbom.media-type="application/vnd.cyclonedx+json"
ENV NODE_ENV=production HOME=/tmp GRPC_LISTEN=0.0.0.0:50051 HTTP_LISTEN=0.0.0.0:8080
WORKDIR /app
USER 10001:10001
STOPSIGNAL SIGTERM
# Alive, not ready: a service that waits for its database must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["node", "health.mjs", "/livez"]
CMD ["node", "dist/main.mjs"]
