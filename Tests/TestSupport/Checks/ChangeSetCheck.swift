package import ConfigModel

/// Whether change sets are there as a whole, or not at all.
package enum ChangeSetCheck {
    /// - Parameters:
    ///   - records: all versions of all documents that sets may have changed, in any order.
    ///   - acknowledged: the identifiers of the sets that were answered as stored.
    /// - Returns: a sentence for each violation.
    package static func violations(in records: [VersionRecord], acknowledged: [String] = []) -> [String] {
        var violations: [String] = []
        var sets: [String: [VersionRecord]] = [:]
        for record in records {
            guard let set = record.changeSet else { continue }
            sets[set.id, default: []].append(record)
            let named = ChangeSet(epoch: record.epoch, changeID: record.changeID, members: set.members)
            if named.id != set.id { violations.append("\(set.id) does not follow from its members") }
        }
        for (id, members) in sets {
            let found = members.map { "\($0.key)@\($0.version)" }.sorted(by: UTF8Order.isLess)
            if found != members[0].changeSet?.members {
                violations.append("of \(id) there are \(found), not \(members[0].changeSet?.members ?? [])")
            }
        }
        for (changeID, records) in Dictionary(grouping: records, by: \.changeID) {
            let ids = Set(records.compactMap(\.changeSet?.id))
            if ids.count > 1 { violations.append("the change \(changeID) became the sets \(ids.sorted())") }
        }
        for id in acknowledged where sets[id] == nil { violations.append("\(id) was acknowledged and is not there") }
        return violations
    }
}
