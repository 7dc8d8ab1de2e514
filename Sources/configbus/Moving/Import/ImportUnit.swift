import ConfigModel

/// Changes that are made with one call.
enum ImportUnit: Sendable {
    /// One document, or one schema.
    case single(PlannedChange)
    /// All of them, or none.
    case set([PlannedChange])

    /// What is changed.
    var steps: [PlannedChange] {
        switch self {
        case .single(let step): [step]
        case .set(let steps): steps
        }
    }
}

extension ImportUnit {
    /// Each change by itself, but for those of a service of which some fit the schema only together.
    ///
    /// - Parameter together: true for a service whose changes are made as one.
    static func separate(_ steps: [PlannedChange], together: (String) -> Bool) -> [ImportUnit] {
        var units: [ImportUnit] = []
        var sets: [String: [PlannedChange]] = [:]
        for step in steps {
            if together(step.key.service) {
                sets[step.key.service, default: []].append(step)
            } else {
                units.append(.single(step))
            }
        }
        for (_, steps) in sets.sorted(by: { $0.key < $1.key }) { units += cut([steps]) }
        return units
    }

    /// Change sets: services below the same first word of their names stay together as far as a set takes them, and a service's
    /// own documents as far as any set can.
    static func sets(_ steps: [PlannedChange]) -> [ImportUnit] {
        let prefixes = Dictionary(grouping: steps) { step in
            step.key.service.prefix { $0 != "." }
        }
        return prefixes.sorted { $0.key < $1.key }.flatMap { _, steps in
            let services = Dictionary(grouping: steps, by: \.key.service)
            return cut(services.sorted { $0.key < $1.key }.map(\.value))
        }
    }

    /// Puts groups together to sets that are not too large; a group that is too large for one is cut.
    private static func cut(_ groups: [[PlannedChange]]) -> [ImportUnit] {
        var sets: [[PlannedChange]] = []
        var current: [PlannedChange] = []
        for group in groups {
            if !fits(current + group), !current.isEmpty {
                sets.append(current)
                current = []
            }
            // A schema and the document that others lie over go first.
            for step in group.sorted(by: { $0.key.rank < $1.key.rank }) {
                if !fits(current + [step]) {
                    sets.append(current)
                    current = []
                }
                current.append(step)
            }
        }
        if !current.isEmpty { sets.append(current) }
        return sets.map { .set($0) }
    }

    private static func fits(_ steps: [PlannedChange]) -> Bool {
        guard steps.count > 1 else { return true }
        return steps.count <= ChangeSet.maximumMembers
            && steps.reduce(0) { $0 + ($1.content?.bytes.count ?? 0) } <= ChangeSet.maximumContentBytes
    }
}

extension DocumentKey {
    /// The order in which documents of one service become valid.
    var rank: Int { isReserved ? 0 : environment == DocumentKey.defaultEnvironment ? 1 : 2 }
}
