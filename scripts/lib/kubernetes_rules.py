"""Checks a folder of kustomizations without a cluster: every path and every name that is referred to exists."""

import pathlib
import sys

import yaml

# What the operator brings: said in the kustomization that needs it.
BROUGHT = {"configbus-store", "configbus-signing", "configbus-tls", "configbus-jwks", "configbus-ca"}
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job")


def documents(path):
    with open(path, encoding="utf-8") as file:
        return [document for document in yaml.safe_load_all(file) if document]


def referred_paths(folder, kustomization):
    for entry in kustomization.get("resources", []) + kustomization.get("components", []):
        yield folder / entry
    for generator in kustomization.get("configMapGenerator", []) + kustomization.get("secretGenerator", []):
        for entry in generator.get("files", []):
            yield folder / entry.split("=")[-1]
    for patch in kustomization.get("patches", []):
        if "path" in patch:
            yield folder / patch["path"]


def pod_problems(name, pod):
    spec = pod["spec"]
    volumes = {volume["name"] for volume in spec.get("volumes", [])}
    used = {mount["name"] for container in spec["containers"] for mount in container.get("volumeMounts", [])}
    for volume in sorted(volumes - used):
        yield f"{name}: {volume} is mounted nowhere"
    for container in spec["containers"]:
        mounted = {mount["name"] for mount in container.get("volumeMounts", [])}
        ports = {port.get("name") for port in container.get("ports", [])}
        for mount in mounted - volumes - pod.get("claims", set()):
            yield f"{name}: mounts {mount}, which is no volume"
        for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
            port = container.get(kind, {}).get("httpGet", {}).get("port")
            if isinstance(port, str) and port not in ports:
                yield f"{name}: the {kind} asks the port {port}, which does not exist"
        security = container.get("securityContext", {})
        if security.get("allowPrivilegeEscalation") is not False or not security.get("readOnlyRootFilesystem"):
            yield f"{name}: {container['name']} is not restricted"
        if security.get("capabilities", {}).get("drop") != ["ALL"]:
            yield f"{name}: {container['name']} keeps capabilities"
        if "requests" not in container.get("resources", {}):
            yield f"{name}: {container['name']} requests nothing"
    context = spec.get("securityContext", {})
    if not context.get("runAsNonRoot") or context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield f"{name}: the pod is not restricted"


def references(pod):
    for volume in pod["spec"].get("volumes", []):
        if "secret" in volume:
            yield volume["secret"]["secretName"]
        if "configMap" in volume:
            yield volume["configMap"]["name"]


def problems(root):
    generated, pods, selectors, accounts, referred = set(), {}, [], set(), []
    for path in sorted(root.rglob("kustomization.yaml")):
        for kustomization in documents(path):
            for target in referred_paths(path.parent, kustomization):
                if not target.exists():
                    yield f"{path}: there is no {target}"
            generated |= {generator["name"] for generator in kustomization.get("configMapGenerator", [])}
    for path in sorted(root.rglob("*.yaml")):
        if path.name in ("kustomization.yaml", "serve.yaml", "jwt.yaml"):
            continue
        for document in documents(path):
            kind, name = document["kind"], f"{path}: {document['metadata']['name']}"
            if kind in ("Secret",):
                yield f"{name}: a secret has no place in the repository"
            if kind == "ConfigMap":
                generated.add(document["metadata"]["name"])
            if kind == "ServiceAccount":
                accounts.add(document["metadata"]["name"])
            if kind in WORKLOADS:
                pod = dict(document["spec"]["template"])
                pod["claims"] = {c["metadata"]["name"] for c in document["spec"].get("volumeClaimTemplates", [])}
                pods[name] = pod
                selectors.append((name, document["spec"]["selector"]["matchLabels"]))
            if kind == "Service":
                selectors.append((name, document["spec"]["selector"]))
            if kind == "PodDisruptionBudget":
                selectors.append((name, document["spec"]["selector"]["matchLabels"]))
            if kind == "NetworkPolicy":
                selectors.append((name, document["spec"]["podSelector"]["matchLabels"]))
    for name, pod in pods.items():
        yield from pod_problems(name, pod)
        referred += [(name, reference) for reference in references(pod)]
        account = pod["spec"].get("serviceAccountName")
        if account not in accounts:
            yield f"{name}: there is no service account {account}"
    for name, selector in selectors:
        if not any(selector.items() <= pod["metadata"]["labels"].items() for pod in pods.values()):
            yield f"{name}: selects no pod"
    for name, reference in referred:
        if reference not in generated | BROUGHT:
            yield f"{name}: refers to {reference}, which nothing makes"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
