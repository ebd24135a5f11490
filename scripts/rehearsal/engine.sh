# Sourced with a folder: podman and buildah keep to it, and tidy_engine removes what netavark leaves outside.
place=$1
mkdir -p "$place/storage" "$place/run" "$place/networks" "$place/tmp"
least() { local own; own=$(ulimit "-H$1"); if [ "$own" = unlimited ] || [ "$own" -gt 16384 ]; then echo 16384; else echo "$own"; fi; }
cat > "$place/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=$(least n):$(least n)", "nproc=$(least u):$(least u)"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "$place/networks"
CONF
mkdir -p "$place/lower" "$place/upper" "$place/work" "$place/merged"
driver=vfs # Copies whole layers, where the kernel cannot lay one folder over another.
if mount -t overlay overlay -o "lowerdir=$place/lower,upperdir=$place/upper,workdir=$place/work" "$place/merged" 2>/dev/null; then
  umount "$place/merged"
  driver=overlay
fi
rm -rf "$place/lower" "$place/upper" "$place/work" "$place/merged"
BUILDAH_LAYERS=true; [ $driver = overlay ] || BUILDAH_LAYERS=false # As copies, the layers of a build would take 40 GB.
printf '[storage]\ndriver = "%s"\ngraphroot = "%s"\nrunroot = "%s"\n' "$driver" "$place/storage" "$place/run" > "$place/storage.conf"
printf 'unqualified-search-registries = ["docker.io"]\n' > "$place/registries.conf"
export CONTAINERS_CONF=$place/containers.conf CONTAINERS_STORAGE_CONF=$place/storage.conf CONTAINERS_REGISTRIES_CONF=$place/registries.conf
export BUILDAH_LAYERS BUILDAH_ISOLATION=chroot TMPDIR=$place/tmp
ran_before=no; [ ! -e /run/libpod ] || ran_before=yes
# Then a podman of somebody else runs here, whose rules are its own: nothing outside is tidied.
shared=no; ! { iptables -t nat -S; iptables -t filter -S; } 2>/dev/null | grep '^-N NETAVARK' >/dev/null || shared=yes
forwarded=$(cat /proc/sys/net/ipv4/ip_forward)

tidy_engine() {
  [ "$shared" = yes ] || tidy_network
  { grep " $place/" /proc/mounts || true; } | cut -d' ' -f2 | tac | while read -r mounted; do umount "$mounted"; done
  [ "$ran_before" = yes ] || rm -rf /run/libpod /run/containers
}

tidy_network() {
  local table step chain
  for table in nat filter; do
    iptables -t $table -S 2>/dev/null | grep -E '^-A (PREROUTING|POSTROUTING|OUTPUT|FORWARD) .*NETAVARK' | sed 's/^-A/-D/' | while read -r rule; do
      xargs iptables -t $table <<< "$rule"
    done || true
    for step in -F -X; do
      iptables -t $table -S 2>/dev/null | sed -n 's/^-N \(NETAVARK.*\)/\1/p' | while read -r chain; do iptables -t $table $step "$chain"; done || true
    done
  done
  echo "$forwarded" > /proc/sys/net/ipv4/ip_forward
}
