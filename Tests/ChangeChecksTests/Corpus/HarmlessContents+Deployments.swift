extension HarmlessContents {
    /// Settings of what runs containers.
    static let deployments = #"""
        {"services":{"web":{"image":"acme/web:1.4.2","environment":{"DB_PASSWORD_FILE":"/run/secrets/db_password"},"secrets":["db_password","api_token"]}}}
        {"services":{"db":{"image":"postgres:16","environment":["POSTGRES_USER=app","POSTGRES_PASSWORD_FILE=/run/secrets/pg","POSTGRES_DB=app"]}}}
        {"services":{"db":{"environment":["POSTGRES_PASSWORD=${POSTGRES_PASSWORD:?missing}","PGDATA=/var/lib/postgresql"]}}}
        {"services":{"db":{"environment":{"MYSQL_RANDOM_ROOT_PASSWORD":"yes","MYSQL_ALLOW_EMPTY_PASSWORD":"no","MYSQL_PASSWORD":""}}}}
        {"secrets":{"db_password":{"file":"./secrets/db_password.txt"},"api_token":{"external":true}}}
        {"secrets":{"tls":{"environment":"TLS_KEY"},"token":{"external":true,"name":"app_token_v2"}}}
        {"services":{"app":{"secrets":[{"source":"server-certificate","target":"server.cert","uid":"103","mode":"0440"}]}}}
        {"services":{"app":{"secrets":["postgres","tls-cert-2024","smtp-v2"],"configs":["app.yml"]}}}
        {"services":{"app":{"healthcheck":{"test":["CMD","curl","-f","http://localhost:8080/health"]},"command":["serve","--port=8080"]}}}
        {"services":{"rabbit":{"environment":{"RABBITMQ_DEFAULT_USER":"app","RABBITMQ_DEFAULT_PASS":"${RABBIT_PASS}"}}}}
        {"env":[{"name":"DB_HOST","value":"db"},{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db-credentials","key":"password"}}}]}
        {"env":[{"name":"TOKEN_URL","value":"https://id.example.com/token"},{"name":"MAX_TOKENS","value":"4096"},{"name":"PASSWORD","value":"$(DB_PASSWORD)"}]}
        {"envFrom":[{"secretRef":{"name":"app-secrets"}},{"configMapRef":{"name":"app-config"}}]}
        {"imagePullSecrets":[{"name":"regcred"}],"imagePullSecret":"registry-login","image":{"pullSecrets":["regcred","mirror"]}}
        {"image":{"repository":"ghcr.io/acme/orders","tag":"v1.2.3","pullPolicy":"IfNotPresent"},"imagePullSecrets":["my-registry"]}
        {"auth":{"existingSecret":"orders-db","secretKeys":{"adminPasswordKey":"postgres-password","userPasswordKey":"password"}}}
        {"auth":{"enablePostgresUser":true,"postgresPassword":"","password":"","existingSecret":"pg","existingSecretPasswordKey":"password"}}
        {"global":{"postgresql":{"auth":{"existingSecret":"pg-auth","secretKeys":{"replicationPasswordKey":"replication-password"}}}}}
        {"redis":{"auth":{"enabled":true,"existingSecret":"redis","existingSecretPasswordKey":"redis-password"}}}
        {"ingress":{"tls":[{"hosts":["orders.example.com"],"secretName":"orders-tls"}]}}
        {"ingress":{"tls":{"secret":"orders-tls"},"annotations":{"cert-manager.io/cluster-issuer":"letsencrypt","nginx.ingress.kubernetes.io/auth-secret":"basic-auth"}}}
        {"volumes":[{"name":"tls","secret":{"secretName":"orders-tls","defaultMode":288,"items":[{"key":"tls.crt","path":"cert.pem"}]}}]}
        {"volumes":[{"name":"token","projected":{"sources":[{"serviceAccountToken":{"path":"token","audience":"vault","expirationSeconds":3600}}]}}]}
        {"volumes":[{"name":"creds","csi":{"driver":"secrets-store.csi.k8s.io","volumeAttributes":{"secretProviderClass":"vault-db"}}}]}
        {"volumeMounts":[{"name":"secrets","mountPath":"/etc/secrets","readOnly":true}],"automountServiceAccountToken":false}
        {"serviceAccount":{"create":true,"name":"orders","annotations":{"eks.amazonaws.com/role-arn":"arn:aws:iam::111122223333:role/orders"}}}
        {"externalSecret":{"refreshInterval":"1h","secretStoreRef":{"name":"vault","kind":"ClusterSecretStore"},"data":[{"secretKey":"db-password","remoteRef":{"key":"orders/db","property":"password"}}]}}
        {"externalSecrets":[{"secretName":"orders","secretKey":"api-token-value","path":"kv/orders"}]}
        {"sealedSecret":{"encryptedData":{"note":"AgBy3i4OJSWK"},"template":{"type":"Opaque"}}}
        {"vault":{"agent":{"annotations":{"vault.hashicorp.com/agent-inject":"true","vault.hashicorp.com/agent-inject-secret-db":"database/creds/orders","vault.hashicorp.com/role":"orders"}}}}
        {"vault":{"auth":{"method":"kubernetes","role":"orders","tokenPath":"/var/run/secrets/token"},"secrets":{"engine":"kv","mount":"secret","path":"orders/db"}}}
        {"rbac":{"rules":[{"apiGroups":[""],"resources":["secrets","serviceaccounts/token"],"verbs":["get","create"]}]}}
        {"kustomize":{"secretGenerator":[{"name":"app","envs":[".env.secret"],"type":"Opaque"}]}}
        {"argocd":{"repo":{"url":"git@github.com:acme/deploy.git","sshPrivateKeySecret":{"name":"argocd-repo","key":"sshPrivateKey"}}}}
        {"argocd":{"configs":{"secret":{"createSecret":true,"annotations":{},"labels":{}}}}}
        {"certManager":{"privateKey":{"algorithm":"ECDSA","size":256,"rotationPolicy":"Always"},"privateKeySecretRef":{"name":"letsencrypt"}}}
        {"acme":{"server":"https://acme-v02.api.letsencrypt.org/directory","solvers":[{"dns01":{"cloudflare":{"apiTokenSecretRef":{"name":"cloudflare","key":"api-token"}}}}]}}
        {"helm":{"set":[{"name":"auth.existingSecret","value":"orders-db"},{"name":"replicas","value":"3"},{"name":"auth.password","value":""}]}}
        {"ecs":{"secrets":[{"name":"DB_PASSWORD","valueFrom":"arn:aws:ssm:eu-west-1:111122223333:parameter/orders/db"}],"logDriver":"awslogs"}}
        {"lambda":{"environment":{"SECRET_ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders","API_KEY":"ssm:/orders/api-key"}}}
        {"cloudrun":{"env":[{"name":"DB_PASSWORD","valueSource":{"secretKeyRef":{"secret":"db-password","version":"latest"}}}]}}
        {"github":{"jobs":{"deploy":{"secrets":"inherit","steps":[{"uses":"actions/checkout@v4","with":{"token":"${{ secrets.GITHUB_TOKEN }}"}}],"permissions":{"id-token":"write"}}}}}
        {"gitlab":{"variables":{"CI_TOKEN":"$CI_JOB_TOKEN","DOCKER_AUTH":"$DOCKER_AUTH_CONFIG"},"secrets":{"DB_PASSWORD":{"vault":"orders/db/password@ops","file":false}}}}
        {"jenkins":{"credentialsId":"nexus-deployer","withCredentials":[{"usernamePassword":{"credentialsId":"nexus"}}]}}
        {"circle":{"context":["deploy-secrets"],"environment":{"TOKEN":"<< pipeline.parameters.token >>"}}}
        {"azure":{"variables":[{"name":"dbPassword","value":"$(dbPassword)"},{"group":"orders-secrets"}]}}
        {"nomad":{"template":{"data":"{{ with secret \"database/creds/orders\" }}DB_PASSWORD={{ .Data.password }}{{ end }}","env":true}}}
        {"consul":{"acl":{"enabled":true,"tokens":{"agent":"${CONSUL_AGENT_TOKEN}","default":"{{ consul_token }}"}}}}
        {"systemd":{"LoadCredential":"db-password:/etc/credstore/db","SetCredential":"","Environment":["PASSWORD_FILE=%d/db-password"]}}
        {"traefik":{"http":{"middlewares":{"auth":{"basicAuth":{"usersFile":"/etc/traefik/users","headerField":"X-User"}}}}}}
        {"istio":{"tls":{"mode":"SIMPLE","credentialName":"orders-cert"},"jwtRules":[{"issuer":"https://id.example.com","jwksUri":"https://id.example.com/jwks","fromHeaders":[{"name":"x-token","prefix":"Bearer "}]}]}}
        {"linkerd":{"identity":{"issuer":{"scheme":"kubernetes.io/tls","clockSkewAllowance":"20s"}}}}
        {"concourse":{"secrets":{"hostKeyPub":"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDYBQ9f ci@example.com","workerKeyPub":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}}}
        {"harbor":{"credentials":{"htpasswd":"harbor_user:$2y$10$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz12"}}}
        {"etcd":{"initialClusterToken":"etcd-cluster-k8s","initial-cluster-token":"etcd-cluster-1","initial-cluster-state":"new"}}
        {"webhook":{"createSecret":{"annotations":{"helm.sh/hook":"pre-install,pre-upgrade"},"labels":{"app":"webhook2"}}}}
        {"minio":{"rootUser":"","rootPassword":"","existingSecret":"minio","buckets":[{"name":"logs","policy":"none"}]}}
        {"velero":{"credentials":{"useSecret":true,"existingSecret":"velero-credentials"},"configuration":{"provider":"aws"}}}
        {"airflow":{"fernetKeySecretName":"airflow-fernet","webserverSecretKeySecretName":"airflow-web","data":{"metadataSecretName":"airflow-db"}}}
        {"keycloak":{"auth":{"adminUser":"admin","existingSecret":"keycloak","passwordSecretKey":"admin-password","tokenSecretKey":"api-token"}}}
        {"sidecar":{"credentials":"aws-credentials","tokenSecret":"ci-token","secret":"db-credentials-v2"}}
        """#

    /// Manifests of packages.
    static let manifests = #"""
        {"name":"web","version":"1.0.0","dependencies":{"jsonwebtoken":"^9.0.2","passport":"^0.7.0","password-generator":"2.3.2","js-tokens":"^4.0.0","keycloak-js":"^24.0.0"}}
        {"name":"web","scripts":{"start":"node server.js","token":"node scripts/token.js --print"}}
        {"lockfileVersion":3,"packages":{"node_modules/js-tokens":{"version":"4.0.0","resolved":"https://registry.npmjs.org/js-tokens/-/js-tokens-4.0.0.tgz","integrity":"sha512-RdJUflcE3cUzKiMqQgsCu06FPu9UdIJO0beYbPhHN4k6apgJtN9rtRfGfHYAbmYZlPIXFrSFA4GqGpNYaEkKbA=="}}}
        {"compilerOptions":{"target":"ES2022","module":"NodeNext","strict":true,"types":["node"],"paths":{"@/token/*":["./src/token/*"]}}}
        {"rules":{"no-secrets/no-secrets":["error",{"tolerance":4.2,"ignoreContent":"^[A-Z]+$"}],"react/no-token":"off"}}
        {"rules":{"no-unused-vars":"warn","vue/no-password":"error","local/require-token":["warn","always"]}}
        {"overrides":[{"files":["*.ts"],"rules":{"@acme/no-hardcoded-credentials":"error","security/detect-possible-timing-attacks":"warn"}}]}
        {"plugins":["eslint-plugin-no-secrets"],"env":{"browser":true},"extends":["plugin:security/recommended"]}
        {"tasks":{"lint":{"command":"eslint .","args":["--max-warnings=0"],"problemMatcher":["$tsc"]}}}
        {"renovate":{"extends":["config:base"],"hostRules":[{"hostType":"npm","encrypted":{"token":"{{ secrets.NPM }}"}}],"schedule":["before 5am"]}}
        {"dependabot":{"registries":{"npm":{"type":"npm-registry","url":"https://npm.example.com","token":"${{secrets.NPM_TOKEN}}"}}}}
        {"prettier":{"singleQuote":true,"printWidth":120},"stylelint":{"rules":{"color-no-hex":true}}}
        {"babel":{"presets":["@babel/env"],"plugins":[["transform-define",{"API_KEY":"process.env.API_KEY"}]]}}
        {"composer":{"require":{"firebase/php-jwt":"^6.0"},"config":{"github-oauth":{"github.com":"%GITHUB_TOKEN%"}}}}
        {"cargo":{"dependencies":{"secrecy":"0.8","jsonwebtoken":"9","password-hash":"0.5"}}}
        """#
}
