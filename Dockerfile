# One image for the app and its workers: slim Debian, nobody's root, only this platform's binaries.
FROM node:24-bookworm-slim AS build
# better-sqlite3 compiles itself where no prebuilt binary can be had.
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Its scripts keep of onnxruntime-node's binaries this platform's alone, and fetch no others.
COPY bin ./bin
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
COPY --from=build /app/node_modules ./node_modules
COPY package.json LICENSE THIRD_PARTY.md ./
COPY migrations ./migrations
COPY models ./models
COPY src ./src
COPY bots ./bots
COPY worker ./worker
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
CMD ["node", "--import", "./src/loader.mjs", "bots/main.ts"]
