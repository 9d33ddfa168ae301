# Starts the TensorZero gateway (Rust, inside its wheel) on a free loopback port: CONFIG URL_FILE
import sys
import time

from tensorzero import _start_http_gateway

config_file, url_file = sys.argv[1:]
gateway = _start_http_gateway(
    config_file=config_file, clickhouse_url=None, postgres_url=None, valkey_url=None, async_setup=False
)
with open(url_file, "w") as file:
    file.write(gateway.base_url)
while True:
    time.sleep(3600)
