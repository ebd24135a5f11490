# Sourced: makes the stand-ins for the images that docker-compose.yml and our Dockerfiles name, where they are not there yet.
base=docker.io/library/python:3.11-slim-bookworm

full_name() { case "$1" in */*) echo "docker.io/$1" ;; *) echo "docker.io/library/$1" ;; esac; }

# Packages are fetched inside builds by the certificates that this machine trusts, which the base carries under a name of its own:
# Debian's own package of certificates writes over the usual place.
import_base() {
  local tree=$place/debian certificates=(--change 'ENV PIP_CERT=/etc/rehearsal-ca.crt' --change 'ENV SSL_CERT_FILE=/etc/rehearsal-ca.crt'
    --change 'ENV REQUESTS_CA_BUNDLE=/etc/rehearsal-ca.crt')
  debootstrap --variant=minbase --include=ca-certificates,python3.11,python3.11-venv,python3-pip bookworm "$tree" >"$place/debootstrap.log" 2>&1 \
    || { tail -5 "$place/debootstrap.log"; die "debootstrap could not unpack a Debian into $tree."; }
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/* "$tree"/usr/lib/python3.11/EXTERNALLY-MANAGED
  for name in python python3 python3.11; do ln -s /usr/bin/python3.11 "$tree/usr/local/bin/$name"; done
  cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/rehearsal-ca.crt"
  if [ -f /etc/ssl/certs/java/cacerts ]; then
    cp -L /etc/ssl/certs/java/cacerts "$tree/etc/rehearsal-ca.jks"
    certificates+=(--change 'ENV MAVEN_OPTS=-Djavax.net.ssl.trustStore=/etc/rehearsal-ca.jks')
  fi
  tar -C "$tree" --exclude='./dev/*' -c . | podman import --quiet --change 'CMD ["python"]' "${certificates[@]}" - "$base" >/dev/null
  rm -rf "$tree"
}

if ! podman image exists "$base"; then
  say "unpacking a Debian as the stand-in for $base"
  import_base
fi
.venv/bin/python -c 'from stack.go_programs import MINIO; MINIO.build(print)' # Nothing where make up or an earlier rehearsal has built it.
mkdir -p "$place/context"
cp scripts/rehearsal/Dockerfile scripts/rehearsal/*.sh "$place/context/"
cp "$(.venv/bin/python -c 'from stack.go_programs import MINIO; print(MINIO.binary)')" "$place/context/minio"
for service in mysql postgres minio; do
  name=$(sed -n "/^  $service:/,/image:/s/^    image: //p" docker-compose.yml)
  [ $service = minio ] && name=$(sed -n 's/^MINIO_IMAGE=//p' env.template)
  say "building the stand-in for $name"
  podman build --quiet --layers --target $service --tag "$(full_name "$name")" "$place/context" >"$place/stand-in.log" 2>&1 || { tail -20 "$place/stand-in.log"; die "The stand-in for $name could not be built."; }
done
rm -rf "$place/context"
