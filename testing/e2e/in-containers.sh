#!/usr/bin/env bash
# Tells the stories to an installation of the compose file, made for them and thrown away after them:
#   testing/e2e/in-containers.sh [-Dit.test=BroadcastIT ...]
# Needs a Docker engine, compose, the images of the services and what was packaged: mvn -Dquick install, then
# deploy/images/build.sh. The images of Kafka, PostgreSQL and Redis are others with the variables of the compose file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$PWD/testing/e2e/target/containers
rm -rf "$work"
mkdir -p "$work"

if docker compose version > /dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(--env-file "$work/env" -f deploy/compose/compose.yaml -f testing/e2e/compose.yaml)

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
  echo "$port"
}
secret() { head -c 16 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

deploy/compose/make-env.sh "$work/env" > /dev/null
cat >> "$work/env" << ENV
COMPOSE_PROJECT_NAME=fanfare-e2e
GATEWAY_PORT=$(free_port)
EDGE_PORT=$(free_port)
E2E_BROADCAST_PORT=$(free_port)
E2E_GROUP_STATUS_PORT=$(free_port)
E2E_TEMPLATE_PORT=$(free_port)
E2E_DELIVERY_PORT=$(free_port)
E2E_PUSHES_PORT=$(free_port)
E2E_KAFKA_PORT=$(free_port)
E2E_PRODUCER_SECRET=$(secret)
E2E_APP_SECRET=$(secret)
E2E_STANDALONE=$PWD/deploy/standalone/target
ENV
. "$work/env"
umask 077
cat > "$work/installation.properties" << PROPERTIES
gateway.url=http://localhost:$GATEWAY_PORT
broadcast.url=http://localhost:$E2E_BROADCAST_PORT
group-status.url=http://localhost:$E2E_GROUP_STATUS_PORT
template.url=http://localhost:$E2E_TEMPLATE_PORT
delivery.url=http://localhost:$E2E_DELIVERY_PORT
edge.url=ws://localhost:$EDGE_PORT/connection/websocket
pushes.url=http://localhost:$E2E_PUSHES_PORT/pushes
kafka.bootstrap.servers=localhost:$E2E_KAFKA_PORT
admin.token=$FANFARE_ADMIN_TOKEN
producer.id=e2e
producer.secret=$E2E_PRODUCER_SECRET
producer.app.key=e2e
producer.app.secret=$E2E_APP_SECRET
PROPERTIES

end() {
  "${compose[@]}" logs --no-color > "$work/containers.log" 2>&1 || true
  "${compose[@]}" down -v --timeout 20 > /dev/null 2>&1
}
trap end EXIT
"${compose[@]}" up -d

ready() { "${compose[@]}" exec -T "$1" /app/bin/ready > /dev/null 2>&1; }
for service in api-gateway broadcast-service group-status-service template-service delivery-service; do
  for ((i = 0; i < 90; i++)); do
    ! ready "$service" || break
    sleep 2
  done
  ready "$service" || {
    echo "$service is not ready after three minutes: $work/containers.log" >&2
    exit 1
  }
done

mvn -B -ntp -pl testing/e2e verify "-Dfanfare.installation=$work/installation.properties" "$@"
