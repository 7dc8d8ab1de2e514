import ConfigModel

/// A file of a Spring Cloud Config repository, taken apart to its documents.
struct SpringFile {
    /// One of them.
    struct Part {
        /// The profile that it is for; nil for that of the file's name.
        var profile: String?
        var entries: [MemberTree.Entry]
    }

    private(set) var parts: [Part] = []
    private(set) var faults: [String] = []
    private(set) var warnings: [String] = []

    /// The endings that name such a file.
    static let endings = ["yml", "yaml", "properties", "json"]

    init(_ bytes: [UInt8], name: String, ending: String) {
        if ending == "properties" {
            readProperties(bytes, name)
        } else {
            for value in YAMLStream.read(bytes, name: name, isVersion11: true, &faults) {
                guard case .object(let object) = value else {
                    // An empty document has no value.
                    if value != .null { faults.append("\(name): it holds \(value.kind), not properties.") }
                    continue
                }
                var entries: [MemberTree.Entry] = []
                add(.object(object), at: MemberPath(), name, &entries)
                add(entries, of: name)
            }
        }
    }

    private mutating func readProperties(_ bytes: [UInt8], _ name: String) {
        let file = PropertiesFile(bytes, name: name)
        faults += file.faults
        for document in file.documents where !document.isEmpty {
            var entries: [MemberTree.Entry] = []
            for property in document {
                let source = "\(name), line \(property.line), \(property.name)"
                do throws(UnreadableName) {
                    entries.append(
                        MemberTree.Entry(
                            path: try MemberPath(property: property.name), value: ValueText.scalar(property.value),
                            name: source))
                } catch {
                    faults.append("\(source): \(error.reason).")
                }
            }
            add(entries, of: name)
        }
    }

    /// The values inside of a value. A key with dots in it means members inside of each other, as Spring reads it.
    private mutating func add(
        _ value: JSONValue, at path: MemberPath, _ name: String, _ entries: inout [MemberTree.Entry]
    ) {
        switch value {
        case .object(let object) where !object.isEmpty:
            for (key, value) in object {
                do throws(UnreadableName) {
                    let steps = try MemberPath(property: key).steps
                    add(value, at: MemberPath(path.steps + steps), name, &entries)
                } catch {
                    faults.append("\(name): the key \(JSONValue.string(key)): \(error.reason).")
                }
            }
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                add(element, at: path.appending(.element(index)), name, &entries)
            }
        // What has no value is empty to Spring; over another document null would remove what that one has.
        case .null: entries.append(MemberTree.Entry(path: path, value: .string(""), name: "\(name), \(path)"))
        default: entries.append(MemberTree.Entry(path: path, value: value, name: "\(name), \(path)"))
        }
    }

    private mutating func add(_ entries: [MemberTree.Entry], of name: String) {
        var part = Part(entries: [])
        warn(entries, name)
        for entry in entries {
            if entry.path.isCondition, !entry.path.isActivation {
                faults.append(
                    "\(entry.name): a document cannot be for some servers only; make a file for a profile of it.")
            } else if entry.path.isActivation {
                guard part.profile == nil, case .string(let profile) = entry.value,
                    !profile.utf8.contains(where: { "!&|(), ".utf8.contains($0) })
                else {
                    faults.append(
                        "\(entry.name): only one profile can be named here; make a file of its own for each profile.")
                    continue
                }
                part.profile = profile
            } else {
                part.entries.append(entry)
            }
        }
        parts.append(part)
    }

    /// What Spring makes something else of, and the registry does not.
    private mutating func warn(_ entries: [MemberTree.Entry], _ name: String) {
        var placeholders: [MemberTree.Entry] = []
        for entry in entries {
            guard case .string(let text) = entry.value else { continue }
            if text.hasPrefix("{cipher}") {
                warnings.append("\(entry.name): the value is encrypted for the server of Spring, and stays what it is.")
            }
            if text.contains("${") { placeholders.append(entry) }
        }
        guard let first = placeholders.first else { return }
        let values =
            placeholders.count == 1 ? "1 value has a placeholder" : "\(placeholders.count) values have placeholders"
        warnings.append("\(name): \(values) ${...}, which nothing fills in any more: \(first.path).")
    }
}

extension MemberPath {
    /// True for what says which profile a document is for.
    fileprivate var isActivation: Bool {
        ["spring.config.activate.onprofile", "spring.profiles"].contains(relaxed)
    }

    /// True for what says when a document counts.
    fileprivate var isCondition: Bool { relaxed.hasPrefix("spring.config.activate.") }

    /// The name without what makes no difference to Spring: letters of either case, dashes, and which element of a list it is.
    private var relaxed: String {
        steps.compactMap { step in
            if case .member(let name) = step {
                name.lowercased().filter { $0 != "-" && $0 != "_" }
            } else {
                nil
            }
        }.joined(separator: ".")
    }
}

extension MemberPath: CustomStringConvertible {
    /// As a property is named.
    var description: String {
        steps.enumerated().map { index, step in
            switch step {
            case .element(let number): "[\(number)]"
            case .member(let name): index == 0 ? name : ".\(name)"
            }
        }.joined()
    }
}
