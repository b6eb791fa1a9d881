#!/usr/bin/env bash
# Prints the Secrets that the manifests refer to, made at random; they are kept by the cluster and nowhere else:
#   deploy/kubernetes/make-secrets.sh | kubectl create -n fanfare -f -
# create, not apply: what is there already is left alone, for the data cannot be read with others. With PostgreSQL and Redis
# of your own: POSTGRES_USER, POSTGRES_PASSWORD, REDIS_PASSWORD.
set -euo pipefail
hex() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# secret NAME KEY=VALUE...
secret() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n  labels: {app.kubernetes.io/part-of: fanfare}\nstringData:\n' "$1"
  shift
  local entry value
  for entry in "$@"; do
    value=${entry#*=}
    printf "  %s: '%s'\n" "${entry%%=*}" "${value//\'/\'\'}"
  done
}

signing=$(hex)
secret fanfare-postgres "QUARKUS_DATASOURCE_USERNAME=${POSTGRES_USER:-fanfare}" \
  "QUARKUS_DATASOURCE_PASSWORD=${POSTGRES_PASSWORD:-$(hex)}"
secret fanfare-redis "QUARKUS_REDIS_PASSWORD=${REDIS_PASSWORD:-$(hex)}"
# Opens the gateway's admin API.
secret fanfare-admin "FANFARE_ADMIN_TOKEN=$(hex)"
# What the services show each other.
secret fanfare-internal "FANFARE_INTERNAL_KEY=$(hex)"
# Signs the gateway's commands, and by which others know them.
secret fanfare-signing FANFARE_SIGNING_KEY_ID=gateway "FANFARE_SIGNING_SECRET=$signing"
secret fanfare-producers "FANFARE_PRODUCERS_GATEWAY_SECRET=$signing"
# Signs user tokens.
secret fanfare-tokens FANFARE_TOKENS_ACTIVE=k1 "FANFARE_TOKENS_KEYS_K1=$(hex)"
# Encrypts what apps show their push providers.
secret fanfare-push FANFARE_PUSH_CREDENTIAL_KEY_ID=k1 \
  "FANFARE_PUSH_CREDENTIAL_KEY=$(head -c 32 /dev/urandom | base64 | tr -d '\n')"
