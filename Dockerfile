# A server image: the newest JDK, jemalloc, no build tools, no root.
#
#   docker build -t pika .
#   docker run -d -p 9221:9221 -v pika-data:/data pika [--name value ...]
#   docker exec CONTAINER pika admin --help
#
# Options after the image name are passed to "pika server". Mount your own configuration over
# /etc/pika/pika.conf. The heap and the memory budget follow the container's memory limit
# (docker run --memory).

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip -Drehearsal.skip package
# What the launcher needs, in the same layout as a source tree.
RUN mkdir -p /opt/pika/tools/target /opt/pika/pika-server/target \
 && cp tools/pika /opt/pika/tools/ \
 && cp -r tools/target/pika-tools.jar tools/target/lib /opt/pika/tools/target/ \
 && cp -r pika-server/target/pika-server.jar pika-server/target/lib pika-server/target/native \
      /opt/pika/pika-server/target/ \
 && cp -r conf LICENSE /opt/pika/

FROM eclipse-temurin:25-jre
# The launcher preloads jemalloc.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libjemalloc2 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 9221 pika \
 && useradd --uid 9221 --gid pika --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin pika \
 && install -d -o pika -g pika /data
COPY --from=build /opt/pika /opt/pika
# Listens beyond the container, or publishing the port would be useless: which ports you publish
# decides who can connect. Set a password (--requirepass) if that is not enough.
RUN ln -s /opt/pika/tools/pika /usr/local/bin/pika \
 && mkdir /etc/pika \
 && printf '%s\n' 'bind 0.0.0.0' 'protected-mode no' 'dir /data/db' 'dump-path /data/dump' \
      > /etc/pika/pika.conf

# The AOT cache is only valid for this JDK and these paths, so it is recorded here.
RUN pika rehearse

USER 9221:9221
WORKDIR /data
VOLUME /data
EXPOSE 9221

# Healthy means that PING is answered, even with a demand for a password. Set PIKA_PORT if you set
# --port.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PIKA_PORT:-9221} && printf 'PING\\r\\n' >&3 && read -r -t 2 reply <&3 && [[ $reply == +PONG* || $reply == -NOAUTH* ]]"]

# Exec form, and the launcher execs too: the JVM is process 1 and receives SIGTERM from "docker stop".
ENTRYPOINT ["/opt/pika/tools/pika", "server", "/etc/pika/pika.conf"]
