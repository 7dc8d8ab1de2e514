import ConfigModel

/// Which schemas apply to the same value as which others: a circle among them would never end.
struct SchemaGraph {
    private var successors: [JSONPointer: [JSONPointer]] = [:]

    mutating func add(_ schema: JSONPointer) {
        if successors[schema] == nil { successors[schema] = [] }
    }

    mutating func connect(_ schema: JSONPointer, to other: JSONPointer) {
        successors[schema, default: []].append(other)
    }

    func contains(_ schema: JSONPointer) -> Bool { successors[schema] != nil }

    /// A schema that leads back to itself; nil when there is none. Schemas that lead nowhere are taken away until none is
    /// left or only circles and what leads to them.
    func circle() -> JSONPointer? {
        var remaining = successors.mapValues(\.count)
        var predecessors: [JSONPointer: [JSONPointer]] = [:]
        for (schema, others) in successors {
            for other in others { predecessors[other, default: []].append(schema) }
        }
        var ends = remaining.filter { $0.value == 0 }.map(\.key)
        while let end = ends.popLast() {
            remaining[end] = nil
            for predecessor in predecessors[end] ?? [] {
                guard let count = remaining[predecessor] else { continue }
                remaining[predecessor] = count - 1
                if count == 1 { ends.append(predecessor) }
            }
        }
        return remaining.keys.min { $0.description < $1.description }
    }
}
