import ConfigModel
import ConfigNotation

/// ConfigMaps of Kubernetes, as manifests have them and `kubectl get configmaps -o yaml` or `-o json` prints them.
package struct ConfigMaps: Sendable {
    /// The environment of all of them; nil for the namespace of each.
    package let environment: String?

    /// Says how they are read.
    package init(environment: String? = nil) { self.environment = environment }

    /// The documents of the ConfigMaps in some files.
    package func documents(in files: [NamedFile]) -> ForeignDocuments {
        var documents = ForeignDocuments()
        for file in files where !file.name.hasPrefix(".") {
            guard ["yaml", "yml", "json", ""].contains(file.ending.lowercased()) else {
                documents.warn("\(file.name) is left out: it is no manifest in YAML or JSON.")
                continue
            }
            var faults: [String] = []
            for value in YAMLStream.read(file.bytes, name: file.name, &faults) where value != .null {
                add(value, from: file.name, to: &documents)
            }
            for fault in faults { documents.refuse(fault) }
        }
        return documents
    }

    private func add(_ value: JSONValue, from file: String, to documents: inout ForeignDocuments) {
        guard case .object(let object) = value, case .string(let kind)? = object["kind"] else {
            documents.refuse("\(file): it has something that is no object of Kubernetes, with a 'kind'.")
            return
        }
        switch kind {
        case "ConfigMap": add(configMap: object, from: file, to: &documents)
        case "List", "ConfigMapList":
            guard case .array(let items)? = object["items"] else {
                documents.refuse("\(file): a \(kind) has no list of items.")
                return
            }
            for item in items {
                guard case .object(var item) = item else {
                    add(item, from: file, to: &documents)
                    continue
                }
                // The items of a typed list need not say what they are.
                if item["kind"] == nil, kind == "ConfigMapList" { item["kind"] = .string("ConfigMap") }
                add(.object(item), from: file, to: &documents)
            }
        case "Secret", "SecretList":
            documents.refuse(
                "\(file): a \(kind)\(Self.name(of: object)) is no configuration: documents are read by many and kept for ever. Leave "
                    + "it out, and keep secrets where they are.")
        default: documents.warn("\(file): a \(kind) is left out; only ConfigMaps are read.")
        }
    }

    private func add(configMap object: JSONObject, from file: String, to documents: inout ForeignDocuments) {
        guard case .object(let metadata)? = object["metadata"], case .string(let name)? = metadata["name"] else {
            documents.refuse("\(file): a ConfigMap has no metadata.name.")
            return
        }
        let source = "\(file), ConfigMap \(name)"
        var namespace = DocumentKey.defaultEnvironment
        switch metadata["namespace"] {
        case nil, .null?: break
        case .string(let text)?: namespace = text
        case let other?: documents.refuse("\(source): its namespace is \(other.kind), and not a name.")
        }
        let environment = environment ?? namespace
        let binary = Self.entries("binaryData", of: object, source, &documents)
        for key in binary.keys {
            documents.refuse("\(source), key \(JSONValue.string(key)): a document cannot hold binary data.")
        }
        let data = Self.entries("data", of: object, source, &documents)
        guard !data.isEmpty else {
            if binary.isEmpty { documents.warn("\(source) is left out: it has no data.") }
            return
        }
        var members: [(key: String, value: JSONValue)] = []
        for (key, value) in data {
            let place = "\(source), key \(JSONValue.string(key))"
            guard case .string(let text) = value else {
                documents.refuse("\(place): its value is \(value.kind), and a ConfigMap has texts.")
                continue
            }
            guard let (stem, ending) = Self.document(key) else {
                members.append((key, value))
                continue
            }
            guard let content = Self.content(text, ending, place, &documents) else { continue }
            // A ConfigMap that is one file is the document itself.
            documents.add(
                content, service: data.count == 1 ? name : "\(name).\(stem)", environment: environment, from: place)
        }
        guard !members.isEmpty, let object = try? JSONObject(members) else { return }
        documents.add(object, service: name, environment: environment, from: source)
    }

    private static func entries(
        _ field: String, of object: JSONObject, _ source: String, _ documents: inout ForeignDocuments
    ) -> JSONObject {
        switch object[field] {
        case nil, .null?: break
        case .object(let entries)?: return entries
        case let other?: documents.refuse("\(source): its \(field) is \(other.kind), and not an object.")
        }
        return JSONObject()
    }

    /// Of an object that is named in a sentence.
    private static func name(of object: JSONObject) -> String {
        guard case .object(let metadata)? = object["metadata"], case .string(let name)? = metadata["name"] else {
            return ""
        }
        return " \(name)"
    }

    /// What stands before an ending that names a notation.
    private static func document(_ key: String) -> (stem: String, ending: String)? {
        guard let dot = key.lastIndex(of: "."), dot > key.startIndex else { return nil }
        let ending = key[key.index(after: dot)...].lowercased()
        guard ["yaml", "yml", "json", "toml"].contains(ending) else { return nil }
        return (String(key[..<dot]), ending)
    }

    private static func content(
        _ text: String, _ ending: String, _ place: String, _ documents: inout ForeignDocuments
    ) -> JSONObject? {
        let bytes = Array(text.utf8)
        let value: JSONValue
        do {
            value =
                switch ending {
                case "json": try JSONValue(parsing: bytes)
                case "toml": try TOMLText.read(bytes)
                default: try YAMLText.read(bytes)
                }
        } catch {
            documents.refuse("\(place): \(error)")
            return nil
        }
        guard case .object(let object) = value else {
            documents.refuse("\(place): it holds \(value.kind), and a document is an object.")
            return nil
        }
        return object
    }
}
