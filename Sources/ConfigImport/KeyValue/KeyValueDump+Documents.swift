import ConfigModel
import ConfigNotation

extension KeyValueDump {
    /// A document that keys are part of.
    private struct Place: Hashable {
        let service: String
        let environment: String
    }

    /// The documents that the keys make: what lies behind service and environment is the way to a member, and a value that is
    /// JSON is that, every other one a text.
    package func documents(_ layout: KeyLayout) -> ForeignDocuments {
        var documents = ForeignDocuments()
        for fault in faults { documents.refuse(fault) }
        for warning in warnings { documents.warn(warning) }
        var places: [Place: [MemberTree.Entry]] = [:]
        var wholes: [Place: Entry] = [:]
        var others: [String] = []
        for entry in entries {
            // A key that ends so is a folder of a user interface.
            if entry.value.isEmpty, entry.key.utf8.last == UInt8(ascii: "/") { continue }
            guard let meaning = layout.meaning(of: entry.key) else {
                others.append(entry.key)
                continue
            }
            let place = Place(service: meaning.service, environment: meaning.environment)
            let name = "the key \(JSONValue.string(entry.key))"
            guard !meaning.path.isEmpty else {
                if let other = wholes.updateValue(entry, forKey: place) {
                    documents.refuse("\(name): it is the same document as the key \(JSONValue.string(other.key)).")
                }
                continue
            }
            guard meaning.path.allSatisfy({ !$0.isEmpty }) else {
                documents.refuse("\(name): there is nothing between two of its slashes.")
                continue
            }
            guard let value = ValueText.json(entry.value) else {
                documents.refuse("\(name): its value is no text in UTF-8, which a document cannot hold.")
                continue
            }
            places[place, default: []].append(
                MemberTree.Entry(path: MemberPath(members: meaning.path), value: value, name: name))
        }
        for (place, entry) in wholes.sorted(by: { Self.isBefore($0.key, $1.key) }) {
            add(entry, at: place, &places, to: &documents)
        }
        for (place, entries) in places.sorted(by: { Self.isBefore($0.key, $1.key) }) {
            var tree = MemberTree()
            let object = tree.object(of: entries)
            for fault in tree.faults { documents.refuse(fault) }
            documents.add(
                object, service: place.service, environment: place.environment,
                from: entries.first?.name ?? "\(place.service)/\(place.environment)")
        }
        warn(others, &documents)
        return documents
    }

    /// A key that is a whole document.
    private func add(
        _ entry: Entry, at place: Place, _ places: inout [Place: [MemberTree.Entry]],
        to documents: inout ForeignDocuments
    ) {
        let name = "the key \(JSONValue.string(entry.key))"
        if let other = places[place]?.first {
            documents.refuse("\(other.name): it lies below \(name), which is a whole document.")
            return
        }
        let value = (try? JSONValue(parsing: entry.value)) ?? (try? YAMLText.read(entry.value))
        guard case .object(let object)? = value else {
            documents.refuse("\(name): it stands for a whole document, and its value is no object in JSON or YAML.")
            return
        }
        places[place] = object.map { member in
            MemberTree.Entry(path: MemberPath(members: [member.key]), value: member.value, name: name)
        }
    }

    private func warn(_ others: [String], _ documents: inout ForeignDocuments) {
        guard let first = others.min(by: UTF8Order.isLess) else { return }
        let keys = others.count == 1 ? "1 key is" : "\(others.count) keys are"
        documents.warn(
            "\(keys) left out, because no service and environment are named so: \(JSONValue.string(first))"
                + (others.count == 1 ? "." : " is the first."))
    }

    private static func isBefore(_ left: Place, _ right: Place) -> Bool {
        (left.environment, left.service) < (right.environment, right.service)
    }
}
