import ConfigModel

/// Finds the places that an application's type names by its own names in the document, which may write them otherwise.
struct DocumentNames {
    let object: JSONObject
    let keys: KeyDecoding

    init(_ object: JSONObject, _ keys: KeyDecoding) {
        self.object = object
        self.keys = keys
    }

    /// The way to a place with the names of the document. What is not there is named as it would be written.
    func pointer(_ path: [any CodingKey]) -> JSONPointer { pointer(path.map { ($0.stringValue, $0.intValue) }) }

    /// The same for a path that was written with the names of the type.
    func pointer(_ names: [String]) -> JSONPointer { pointer(names.map { ($0, Int($0)) }) }

    private func pointer(_ path: [(name: String, index: Int?)]) -> JSONPointer {
        var pointer = JSONPointer()
        var value: JSONValue? = .object(object)
        for (name, index) in path {
            switch value {
            case .object(let members):
                let key = member(name, of: members) ?? written(name)
                pointer = pointer.appending(key)
                value = members[key]
            case .array(let elements):
                pointer = pointer.appending(index.map(String.init) ?? name)
                value = index.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            case .null, .bool, .number, .string, nil:
                pointer = pointer.appending(written(name))
                value = nil
            }
        }
        return pointer
    }

    /// What stands at a place.
    func value(at pointer: JSONPointer) -> JSONValue? {
        pointer.tokens.isEmpty ? .object(object) : ConfigPath("\(pointer)").value(in: object)
    }

    /// The name in the document that becomes one which differs from this one in capitals only, as in `baseUrl` and `baseURL`.
    func nearlyNamed(_ name: String, at pointer: JSONPointer) -> (written: String, read: String)? {
        guard keys == .convertFromSnakeCase, case .object(let members)? = value(at: pointer) else { return nil }
        for key in members.keys where Self.read(key) != name && Self.read(key).lowercased() == name.lowercased() {
            return (key, Self.read(key))
        }
        return nil
    }

    private func member(_ name: String, of members: JSONObject) -> String? {
        if members[name] != nil { return name }
        return keys == .convertFromSnakeCase ? members.keys.first { Self.read($0) == name } : nil
    }

    /// How a name of the type is usually written in a document.
    private func written(_ name: String) -> String {
        guard keys == .convertFromSnakeCase else { return name }
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            let before = index > 0 ? letters[index - 1] : "_"
            let endsCapitals = index + 1 < letters.count && letters[index + 1].isLowercase
            if letter.isUppercase, before != "_", !before.isUppercase || endsCapitals { result += "_" }
            result += letter.lowercased()
        }
        return result
    }

    /// What a name of the document becomes, by the rule of JSONDecoder's `convertFromSnakeCase`.
    private static func read(_ name: String) -> String {
        let start = name.prefix { $0 == "_" }
        let rest = name.dropFirst(start.count)
        var words = rest.split(separator: "_")
        guard words.count > 1 else { return name }
        let first = words.removeFirst().lowercased()
        let end = String(rest.reversed().prefix { $0 == "_" })
        return start + first + words.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined() + end
    }
}
