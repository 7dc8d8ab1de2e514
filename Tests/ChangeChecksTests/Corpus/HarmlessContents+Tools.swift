extension HarmlessContents {
    /// Settings of monitoring, proxies, logs.
    static let tools = #"""
        {"scrape_configs":[{"job_name":"orders","bearer_token_file":"/var/run/secrets/token","basic_auth":{"username":"prom","password_file":"/etc/prom/pw"}}]}
        {"scrape_configs":[{"job_name":"api","authorization":{"type":"Bearer","credentials_file":"/etc/prom/token"},"oauth2":{"client_secret_file":"/etc/prom/client","token_url":"https://id.example.com/token"}}]}
        {"remote_write":[{"url":"https://mimir.example.com/api/v1/push","basic_auth":{"username":"42","password":"<secret>"},"sigv4":{"region":"eu-west-1"}}]}
        {"groups":[{"name":"auth","rules":[{"alert":"TokenErrors","expr":"rate(token_errors_total{token=~\"api.*\"}[5m]) > 0.1","for":"5m","annotations":{"summary":"Tokens are refused"}}]}]}
        {"rules":[{"alert":"SecretExpires","expr":"kube_secret_info{secret=\"orders-tls\",namespace!=\"dev\"} > 0","labels":{"severity":"page"}}]}
        {"alertmanager":{"receivers":[{"name":"slack","slack_configs":[{"api_url_file":"/etc/am/slack","channel":"#alerts"}]},{"name":"pd","pagerduty_configs":[{"routing_key_file":"/etc/am/pd"}]}]}}
        {"alertmanager":{"global":{"smtp_auth_password":"$__file{/etc/am/smtp}","slack_api_url":"https://hooks.slack.com/services/T00/B00/xxx"}}}
        {"grafana":{"admin":{"existingSecret":"grafana","userKey":"admin-user","passwordKey":"admin-password"},"security":{"secret_key":"$__file{/etc/secrets/key}"}}}
        {"grafana":{"datasources":[{"name":"pg","type":"postgres","secureJsonData":{"password":"$PG_PASSWORD"},"jsonData":{"sslmode":"require"}}]}}
        {"grafana":{"auth.generic_oauth":{"client_secret":"$__env{OAUTH_SECRET}","token_url":"https://id.example.com/token","scopes":"openid email"}}}
        {"loki":{"storage":{"s3":{"access_key_id":"${S3_KEY}","secret_access_key":"${S3_SECRET}"}},"auth_enabled":false}}
        {"otel":{"exporters":{"otlp":{"endpoint":"otel:4317","headers":{"authorization":"Bearer ${env:TOKEN}"}}},"extensions":{"basicauth":{"client_auth":{"username":"x","password":"${env:PW}"}}}}}
        {"datadog":{"api_key":"ENC[dd_api_key]","apiKeyExistingSecret":"datadog","site":"datadoghq.eu"}}
        {"newrelic":{"license_key":"<%= license_key %>","high_security":false}}
        {"sentry":{"dsn":"https://public@o0.ingest.sentry.io/42","sendDefaultPii":false,"denyList":["password","secret","token"]}}
        {"nginx":{"location":{"/api":{"proxy_pass":"backend","fastcgi_pass":"php-upstream"},"/static":{"root":"/srv/www"}},"uwsgi_pass":"app-socket"}}
        {"nginx":{"proxy_pass":"http://orders:8080","proxy_set_header":["Authorization $http_authorization","Host $host"],"auth_basic_user_file":"/etc/nginx/htpasswd"}}
        {"nginx":{"ssl_certificate":"/etc/nginx/tls.crt","ssl_certificate_key":"/etc/nginx/tls.key","ssl_password_file":"/etc/nginx/pw","log_format":"$remote_addr token=$http_x_token"}}
        {"envoy":{"transport_socket":{"common_tls_context":{"tls_certificate_sds_secret_configs":[{"name":"server_cert","sds_config":{"path":"/etc/envoy/sds.yaml"}}]}}}}
        {"envoy":{"jwt_authn":{"providers":{"idp":{"issuer":"https://id.example.com","forward_payload_header":"x-jwt","from_headers":[{"name":"Authorization","value_prefix":"Bearer "}]}}}}}
        {"envoy":{"oauth2":{"credentials":{"client_id":"web","token_secret":{"name":"token","sds_config":{"path":"/etc/envoy/token.yaml"}},"hmac_secret":{"name":"hmac"}}}}}
        {"haproxy":{"userlist":"admins","stats":{"uri":"/stats","auth_realm":"ops"},"bind":"*:443 ssl crt /etc/haproxy/tls.pem"}}
        {"logback":{"appenders":[{"name":"STDOUT","pattern":"%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n"}],"loggers":{"com.acme.token":"DEBUG","com.acme.password":"OFF"}}}
        {"logback":{"mask":"%replace(%msg){'password=\\S+', 'password=***'}%n"}}
        {"log4j":{"loggers":[{"name":"org.acme.secret","level":"error"},{"name":"org.acme.Token","level":"trace"}]}}
        {"fluentbit":{"output":{"name":"es","http_user":"fluent","http_passwd":"${ES_PASSWORD}","tls":"on"}}}
        {"vector":{"sinks":{"es":{"auth":{"strategy":"basic","user":"${U}","password":"${P}"}}},"transforms":{"redact":{"source":"del(.password)\ndel(.token)"}}}}
        {"elastic":{"xpack.security.authc.token.enabled":true,"xpack.security.http.ssl.keystore.secure_password":"","username":"elastic"}}
        {"kafka":{"sasl.mechanism":"PLAIN","sasl.jaas.config":"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"${KAFKA_USER}\" password=\"${KAFKA_PASSWORD}\";"}}
        {"kafka":{"ssl.keystore.location":"/etc/kafka/keystore.jks","ssl.keystore.password":"${file:/etc/kafka/creds:ks}","ssl.key.password":"${KEY_PASSWORD}"}}
        {"zookeeper":{"authProvider":"sasl","digestAuth":false,"session.token":"disabled"}}
        {"mongodb":{"security":{"keyFile":"/etc/mongo/keyfile","authorization":"enabled","clusterAuthMode":"keyFile"}}}
        {"postgres":{"password_encryption":"scram-sha-256","ssl_passphrase_command":"/usr/bin/pass-phrase","passfile":"/root/.pgpass"}}
        {"mysql":{"default_password_lifetime":360,"validate_password.policy":"MEDIUM","validate_password.length":8}}
        {"ldap":{"userPasswordAttribute":"userPassword","filter":"(&(objectClass=person)(userPassword=*))","bind_password":"secret:ldap/bind"}}
        {"samba":{"passdb backend":"tdbsam","unix password sync":"yes","passwd program":"/usr/bin/passwd %u"}}
        {"pam":{"password":"required","auth":"sufficient pam_unix.so","account":"required"}}
        {"cron":{"rotate-secrets":"0 3 * * *","token-cleanup":"*/15 * * * *"}}
        {"backup":{"schedule":"0 2 * * *","passphrase":"op://ops/backup/passphrase","target":"s3://backups/orders"}}
        {"backup":{"restic":{"repository":"s3:s3.amazonaws.com/backups","password_command":"pass show backup","password":"keyring:restic"}}}
        {"teller":{"providers":{"hashicorp_vault":{"env":{"TOKEN":{"path":"secret/data/app","field":"token"}}}}}}
        {"chamber":{"secret":"sm://orders-db","token":"ref+vault://kv/orders#token","key":{"api_key":"akv:acme/api"}}}
        {"doppler":{"token":"doppler:orders/prd/TOKEN","password":"keyvault:orders/db"}}
        {"homeassistant":{"http":{"api_password":"!secret http_password"},"mqtt":{"password":"!secret mqtt"}}}
        {"zabbix":{"DBPassword":"{$DB_PASSWORD}","TLSPSKFile":"/etc/zabbix/psk"}}
        {"mosquitto":{"password_file":"/mosquitto/passwd","allow_anonymous":false}}
        """#

    /// Settings of browsers' programs.
    static let web = #"""
        {"api":{"base":"https://api.example.com/v1","tokenRefreshPath":"/auth/refresh","storage":{"tokenKey":"acme.token","refreshTokenKey":"acme.refresh"}}}
        {"links":{"reset":"https://app.example.com/reset?token={token}","verify":"https://app.example.com/verify?token=${token}&lang=en"}}
        {"links":{"invite":"https://app.example.com/i?token=%s","sso":"https://app.example.com/sso?access_token=<token>"}}
        {"links":{"docs":"https://docs.example.com/authentication#api-keys","map":"https://maps.example.com/?key=","video":"https://v.example.com/watch?v=dQw4w9WgXcQ"}}
        {"links":{"home":"https://example.com:8443/@acme/web","medium":"https://medium.com/@someone/how-to:store","image":"docker://alpine:3.19@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}
        {"links":{"mail":"mailto:ops@example.com","ssh":"ssh://git@github.com:22/acme/web.git","ftp":"ftp://anonymous@ftp.example.com/pub","npm":"https://registry.npmjs.org:443/@acme/web"}}
        {"csp":"default-src 'self'; script-src 'self' 'sha256-B2yPHKaXnvFWtRChIbabYmUBFZdVfKKXHbWtWidDVF8='; report-uri /csp"}
        {"cors":{"allowCredentials":true,"allowedHeaders":["Authorization","X-Api-Key","X-CSRF-Token"],"exposedHeaders":["X-Token-Expires"]}}
        {"headers":{"WWW-Authenticate":"Bearer realm=\"api\"","Access-Control-Allow-Headers":"Authorization, Content-Type"}}
        {"headers":{"X-Api-Key":"${API_KEY}","Authorization":"Bearer <token>"}}
        {"firebase":{"projectId":"acme","storageBucket":"acme.appspot.com","measurementId":"G-ABC","apiKey":"<your api key>"}}
        {"auth0":{"domain":"acme.eu.auth0.com","clientId":"spa","audience":"https://api.example.com","cacheLocation":"memory","useRefreshTokens":true}}
        {"cognito":{"userPoolId":"eu-west-1_abc","passwordPolicy":{"minimumLength":8,"requireLowercase":true,"temporaryPasswordValidityDays":7}}}
        {"supabase":{"auth":{"jwt_expiry":3600,"enable_signup":true,"minimum_password_length":6},"anon_key":"env(SUPABASE_KEY)","service_token":"env(SUPABASE_TOKEN)"}}
        {"algolia":{"indexName":"docs","appId":"ABC","searchKey":"docs-search"}}
        {"editor":{"tokenColors":[{"scope":"comment","settings":{"foreground":"#6a9955"}}],"semanticTokenColors":{"variable":"#9cdcfe"}}}
        {"monaco":{"tokenizer":{"root":[["[a-z]+","keyword"]]},"tokenPostfix":".acme"}}
        {"markdown":{"special_tokens":["heading","paragraph","code_block"],"secret":false}}
        {"keybindings":[{"key":"ctrl+shift+p","command":"palette"}],"keyboard":{"layout":"de-nodeadkeys","accesskey":"s"}}
        {"a11y":{"access-key":"k","accessKeys":{"home":"h","search":"s"}}}
        {"cypress":{"env":{"username":"demo","password":"<set in CI>"},"baseUrl":"http://localhost:3000"}}
        {"playwright":{"use":{"httpCredentials":{"username":"demo","password":"${E2E_PASSWORD}"}}}}
        {"pwa":{"name":"Acme","icons":[{"src":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==","sizes":"1x1"}]}}
        {"spinner":{"class":"sk-cube-grid sk-cube-grid-with-a-really-long-class-name-indeed","locale":"sk-SK"}}
        {"html":"<input type=\"password\" name=\"password\" placeholder=\"Password\"><input type=hidden name=token value=\"{{token}}\">"}
        {"css":".password-field{color:red}.token--active{content:'token'}","selector":"input[name=password]"}
        {"js":"if (password == null) { token = getToken(); } headers['Authorization'] = `Bearer ${token}`;"}
        """#
}
