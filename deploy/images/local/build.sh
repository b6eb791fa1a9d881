#!/usr/bin/env bash
# Builds all images that the compose file needs on a machine that can pull none: a Debian base by debootstrap, what
# Debian packages upon it, Kafka from Maven's repository, and the five services. Root, debootstrap, docker and mvn.
# Prints the variables with which the compose file takes them.
#   deploy/images/local/build.sh > deploy/compose/.env.images
# SUITE (bookworm) and DEBIAN_MIRROR (http://deb.debian.org/debian) are debootstrap's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec 3>&1 >&2

if ! docker image inspect fanfare-local/debian > /dev/null 2>&1; then
  debootstrap --variant=minbase --include=ca-certificates "${SUITE:-bookworm}" "$work/root" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
  tar -C "$work/root" -c . \
    | docker import -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - fanfare-local/debian
fi

mkdir "$work/context"
cp "$here/Dockerfile" "$here/kafka-run" "$here/postgres-run" "$work/context"
version() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$here/../../../pom.xml"; }
cat > "$work/pom.xml" << POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$(version kafka.version)</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-jdk14</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -f "$work/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
  -DoutputDirectory="$work/context/kafka-libs"

for target in java kafka postgres redis haproxy prometheus; do
  docker build -q --target "$target" -t "fanfare-local/$target" "$work/context"
done
BASE_IMAGE=fanfare-local/java "$here/../build.sh"

cat >&3 << 'ENV'
KAFKA_IMAGE=fanfare-local/kafka
POSTGRES_IMAGE=fanfare-local/postgres
REDIS_IMAGE=fanfare-local/redis
HAPROXY_IMAGE=fanfare-local/haproxy
PROMETHEUS_IMAGE=fanfare-local/prometheus
ENV
