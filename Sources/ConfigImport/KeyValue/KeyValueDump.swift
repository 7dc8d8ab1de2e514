import ConfigModel

/// Keys and values, as a dump of a store has them.
package struct KeyValueDump: Sendable {
    struct Entry: Sendable {
        let key: String
        let value: [UInt8]
    }

    private(set) var entries: [Entry] = []
    private(set) var faults: [String] = []
    /// What the keys have beside their values, and a document does not keep.
    private(set) var warnings: [String] = []

    /// Where a dump comes from.
    package enum Origin: Sendable {
        /// `etcdctl get --prefix "" -w json`.
        case etcd
        /// `consul kv export`, or the response of `GET /v1/kv/?recurse`.
        case consul
    }

    /// Reads a dump.
    ///
    /// - Parameter name: what it is called in messages.
    package init(_ bytes: [UInt8], of origin: Origin, name: String) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
            faults = ["\(name) is no JSON: \(error)"]
            return
        }
        switch origin {
        case .etcd: readEtcd(value, name)
        case .consul: readConsul(value, name)
        }
    }

    private mutating func readEtcd(_ value: JSONValue, _ name: String) {
        guard case .object(let object) = value, object["kvs"] != nil || object["header"] != nil else {
            faults = ["\(name) is no dump: it is what 'etcdctl get --prefix \"\" -w json' prints."]
            return
        }
        var pairs: [JSONValue] = []
        if case .array(let found)? = object["kvs"] { pairs = found }
        if object["more"] == .bool(true) {
            faults.append("\(name) has only some of the keys; make the dump without --limit.")
        }
        if !pairs.isEmpty, !pairs.contains(where: { $0.member("value") != nil }) {
            faults.append("\(name) has no value of any key; make the dump without --keys-only.")
        }
        warn(pairs, of: "lease", "a lease, with which etcd removes a key again", name)
        for (index, pair) in pairs.enumerated() {
            guard case .object(let pair) = pair, case .string(let text)? = pair["key"], let key = Base64.decode(text)
            else {
                faults.append("\(name), key \(index + 1): it is no pair of a key and a value in base64.")
                continue
            }
            add(key, text, pair["value"], name)
        }
    }

    private mutating func readConsul(_ value: JSONValue, _ name: String) {
        guard case .array(let pairs) = value else {
            faults = ["\(name) is no dump: it is what 'consul kv export' prints."]
            return
        }
        warn(pairs, of: "flags", "flags", name)
        warn(pairs, of: "session", "a session, which is a lock", name)
        for (index, pair) in pairs.enumerated() {
            guard case .object(let pair) = pair, case .string(let key)? = pair["key"] ?? pair["Key"] else {
                faults.append("\(name), key \(index + 1): it is no pair of a key and a value in base64.")
                continue
            }
            add(Array(key.utf8), key, pair["value"] ?? pair["Value"], name)
        }
    }

    private mutating func warn(_ pairs: [JSONValue], of field: String, _ what: String, _ name: String) {
        let capital = field.prefix(1).uppercased() + field.dropFirst()
        let count = pairs.count { pair in
            switch pair.member(field) ?? pair.member(capital) {
            case nil, .null?, .string("")?: false
            case .number(let number)?: number != JSONNumber(0)
            default: true
            }
        }
        guard count > 0 else { return }
        warnings.append(
            "\(name): \(count) \(count == 1 ? "key has" : "keys have") \(what); a document does not keep that.")
    }

    private mutating func add(_ key: [UInt8], _ shown: String, _ value: JSONValue?, _ name: String) {
        guard let text = String(validating: key, as: UTF8.self), !key.contains(0) else {
            faults.append("\(name): the key \(JSONValue.string(shown)) is no UTF-8.")
            return
        }
        switch value {
        case nil, .null?: entries.append(Entry(key: text, value: []))
        case .string(let encoded)?:
            guard let bytes = Base64.decode(encoded) else { fallthrough }
            entries.append(Entry(key: text, value: bytes))
        default: faults.append("\(name): the value of \(JSONValue.string(text)) is no base64.")
        }
    }
}

extension JSONValue {
    /// A member of an object.
    fileprivate func member(_ name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }
}
