# One static binary in an empty image: content, time zones and root certificates are inside it.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG RELEASE=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=${RELEASE}" -o /out/policybot ./cmd/policybot \
 && mkdir /out/data && /out/policybot check

FROM scratch
COPY --from=build /out/policybot /policybot
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV POLICYBOT_DATA=/data POLICYBOT_LISTEN=:8080 POLICYBOT_OPS_LISTEN=:9090
VOLUME /data
EXPOSE 8080 9090
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/policybot", "health"]
ENTRYPOINT ["/policybot"]
