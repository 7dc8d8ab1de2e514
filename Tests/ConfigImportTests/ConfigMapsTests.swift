import ConfigModel
import Testing

@testable import ConfigImport

@Suite struct ConfigMapsTests {
    static let manifest = """
        # orders
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: orders
          namespace: prod
          labels: {app: orders}
        data:
          application.yaml: |
            db:
              host: db1
              port: 5432
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: web, namespace: prod}
        data:
          LOG_LEVEL: info
          WORKERS: "4"
          nginx.json: '{"gzip": true}'
          limits.toml: |
            rate = 1.0
          run.sh: |
            #!/bin/sh
            echo "$1"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        """

    @Test func aKeyWithTheEndingOfANotationIsADocumentAndTheOthersAreMembers() {
        let found = ConfigMaps().documents(in: [NamedFile("all.yaml", Self.manifest)])
        #expect(found.faults.isEmpty, "\(found.faults)")
        #expect(
            found.contents == [
                "orders/prod": #"{"db":{"host":"db1","port":5432}}"#, "web.nginx/prod": #"{"gzip":true}"#,
                "web.limits/prod": #"{"rate":1.0}"#,
                "web/prod": ##"{"LOG_LEVEL":"info","WORKERS":"4","run.sh":"#!/bin/sh\necho \"$1\"\n"}"##,
            ])
        #expect(found.warnings == ["all.yaml: a Deployment is left out; only ConfigMaps are read."])
    }

    @Test(arguments: ["List", "ConfigMapList"])
    func aListIsReadAsKubectlPrintsIt(kind: String) {
        let list = """
            {"apiVersion": "v1", "kind": "\(kind)", "metadata": {"resourceVersion": ""}, "items": [
              {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "prod"}, "data": {"X": "1"}},
              {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "dev"}, "data": {"X": "2"}},
              {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "kube-root-ca.crt", "namespace": "dev"}}
            ]}
            """
        let found = ConfigMaps().documents(in: [NamedFile("", list)])
        #expect(found.contents == ["a/prod": #"{"X":"1"}"#, "a/dev": #"{"X":"2"}"#])
        #expect(found.warnings.count == 1 && found.faults.isEmpty)
        // In one environment both are the same document.
        let one = ConfigMaps(environment: "prod").documents(in: [NamedFile("", list)])
        #expect(one.faults.count == 1 && one.faults[0].contains("a/prod is in"))
    }

    /// What has the form of a ConfigMap only nearly.
    @Test(arguments: [
        ("kind: Secret\nmetadata: {name: db}\ndata: {p: cA==}\n", "a Secret db is no configuration"),
        ("kind: List\n", "a List has no list of items"), ("kind: List\nitems: [7]\n", "no object of Kubernetes"),
        ("kind: List\nitems: [{kind: Secret}]\n", "a Secret is no configuration"),
        ("kind: ConfigMap\nmetadata: {name: a, namespace: 12}\ndata: {x: y}\n", "its namespace is a number"),
        ("kind: ConfigMap\nmetadata: {name: a}\ndata: [x]\n", "its data is an array"),
        ("kind: ConfigMap\nmetadata: {name: a}\nbinaryData: x\n", "its binaryData is a string"),
        (
            "kind: ConfigMap\nmetadata: {name: a}\ndata: {x.yaml: 'a: 1', x.json: '{}'}\n", "a.x/default is in"
        ),
    ])
    func whatIsNoConfigMapIsNamed(text: String, says: String) {
        let found = ConfigMaps().documents(in: [NamedFile("x.yaml", text)])
        #expect(found.faults.contains { $0.contains(says) }, "\(found.faults)")
    }

    @Test func everythingThatIsWrongIsNamedAtOnce() {
        let text = """
            kind: ConfigMap
            metadata: {name: bad}
            data:
              a.yaml: "x: ["
              b.json: "[1]"
              c: 7
            binaryData:
              logo.png: iVBORw0KGgo=
            ---
            kind: ConfigMap
            metadata: {}
            data: {a: b}
            ---
            just: text
            ---
            a: [
            """
        let found = ConfigMaps().documents(in: [NamedFile("x.yaml", text)])
        let says = [
            #"ConfigMap bad, key "a.yaml": Line 1"#, #"key "b.json": it holds an array"#,
            #"key "c": its value is a number"#,
            #"key "logo.png": a document cannot hold binary data"#, "no metadata.name", "no object of Kubernetes",
            "x.yaml, line 1",
        ]
        #expect(found.faults.count == says.count, "\(found.faults)")
        for text in says { #expect(found.faults.contains { $0.contains(text) }, "\(text) of \(found.faults)") }
    }
}
