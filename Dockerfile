# A server image: the newest JDK, jemalloc, no build tools, no root.
#
#   docker build -t pika .
#   docker run -d -p 9221:9221 -v pika-data:/data pika [--name value ...]
#   docker exec CONTAINER pika admin --help
#
# Options after the image's name are pika's own, as in "tools/pika server". A configuration of
# one's own is mounted over /etc/pika/pika.conf. The heap and the server's memory budget follow
# the container's memory limit (docker run --memory).

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip -Drehearsal.skip package
# What the launcher looks for, at the same places as in a source tree.
RUN mkdir -p /opt/pika/tools/target /opt/pika/pika-server/target \
 && cp tools/pika /opt/pika/tools/ \
 && cp -r tools/target/pika-tools.jar tools/target/lib /opt/pika/tools/target/ \
 && cp -r pika-server/target/pika-server.jar pika-server/target/lib pika-server/target/native \
      /opt/pika/pika-server/target/ \
 && cp -r conf LICENSE /opt/pika/

FROM eclipse-temurin:25-jre
# The launcher preloads jemalloc from where this architecture keeps it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libjemalloc2 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 9221 pika \
 && useradd --uid 9221 --gid pika --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin pika \
 && install -d -o pika -g pika /data
COPY --from=build /opt/pika /opt/pika
# Reachable from outside the container, or publishing the port would be of no use: who may come
# in is decided by what is published. Set a password (--requirepass) where that is not enough.
RUN ln -s /opt/pika/tools/pika /usr/local/bin/pika \
 && mkdir /etc/pika \
 && printf '%s\n' 'bind 0.0.0.0' 'protected-mode no' 'dir /data/db' 'dump-path /data/dump' \
      > /etc/pika/pika.conf

# What the JVM learns counts only for this JDK and these paths, so it is learned here.
RUN pika rehearse

USER 9221:9221
WORKDIR /data
VOLUME /data
EXPOSE 9221

# Alive is who answers PING, be it with a demand for a password. PIKA_PORT only where --port is.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PIKA_PORT:-9221} && printf 'PING\\r\\n' >&3 && read -r -t 2 reply <&3 && [[ $reply == +PONG* || $reply == -NOAUTH* ]]"]

# The exec form and the launcher's own exec: the JVM is process 1 and gets the SIGTERM of "stop".
ENTRYPOINT ["/opt/pika/tools/pika", "server", "/etc/pika/pika.conf"]
