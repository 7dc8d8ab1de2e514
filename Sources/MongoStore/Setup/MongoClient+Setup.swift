import ConfigStore

extension MongoClient {
    /// Makes what is missing, and proves that the format is known, that the indexes are right and that the user may write,
    /// before anything is served.
    ///
    /// - Parameter takesRestore: true when a store with a part of a backup is opened too.
    func setUp(takesRestore: Bool = false) throws(MongoFailure) {
        do throws(MongoFailure) {
            try requireKnownFormat(takesRestore: takesRestore)
            let missing = try missingIndexes()
            if !missing.isEmpty { try make(missing) }
            guard try missingIndexes().isEmpty else {
                throw MongoFailure(
                    .invalid, "the server made indexes of the collection 'versions' but does not list them")
            }
            try makeAccessLog()
            try requireWritable()
        } catch {
            guard error.kind == .refused else { throw error }
            throw MongoFailure(
                .refused,
                """
                \(error.message), and the registry needs to read and write and to make indexes in the database \
                '\(database)', for example with the role readWrite
                """)
        }
    }

    private func make(_ indexes: [VersionIndex]) throws(MongoFailure) {
        do throws(MongoFailure) {
            try writeCommand(
                for: .versions, ["createIndexes": "versions", "indexes": .array(indexes.map(\.specification))])
        } catch {
            // Over many versions it takes the server longer than an answer may; it goes on, and lists what it is making. Only
            // what makes versions unique has to be there before anything is written.
            guard error.kind == .unavailable, !indexes.contains(where: \.isUnique), try missingIndexes().isEmpty else {
                throw error
            }
        }
    }

    private func missingIndexes() throws(MongoFailure) -> [VersionIndex] {
        let existing = try indexes(of: .versions) { index throws(MongoFailure) in try ExistingIndex(index) }
        if let deleting = existing.first(where: \.deletesDocuments) {
            throw MongoFailure(
                .invalid,
                "the index '\(deleting.name)' of the collection 'versions' makes the server delete versions: drop it")
        }
        var missing: [VersionIndex] = []
        for index in VersionIndex.all {
            guard let found = existing.first(where: { $0.covers(index) }) else {
                missing.append(index)
                continue
            }
            if let difference = found.difference(from: index) {
                throw MongoFailure(
                    .invalid,
                    """
                    the index '\(found.name)' of the collection 'versions' cannot be used: \(difference). Drop it, and \
                    the registry makes it at the next start
                    """)
            }
        }
        return missing
    }

    /// Two writes that change nothing but need the permissions, the majority and the journal.
    private func requireWritable() throws(MongoFailure) {
        _ = try state()
        try updateAll(in: .versions, ["_id": "none"], ["$set": ["announced": true]])
    }
}
