package import ConfigModel

/// The response to `POST /api/configs:batchGet`: what is said about each of the first documents of the request.
package struct BatchGetResponse: Sendable {
    /// What is said about one document.
    package enum Entry: Sendable, Equatable {
        /// Its newest version, whole, tombstones included, and the store's epoch.
        case record(VersionRecord, epoch: Epoch)
        /// It is still the version of this ETag, which the caller has; the facts prove it, where they are given.
        case notModified(etag: String, facts: SignedFacts?)
        /// What `GET` of it would be refused with.
        case problem(Problem)
    }

    /// In the order of the request; a failure where an entry cannot be read.
    package let documents: [Result<Entry, InvalidResponse>]
    /// The signed statement that the store's epoch counts.
    package let epochStatement: EpochStatement?

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - requested: what was requested; the response is about the first of them, at least one.
    package init(_ body: [UInt8], to requested: [DocumentRequest]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        let entries = try ResponseJSON.fields { () throws(JSONFieldError) in try object.array("documents") }
        epochStatement = try ResponseJSON.fields { () throws(JSONFieldError) in
            try object.optionalObject("epoch_statement").flatMap { EpochStatement(json: $0) }
        }
        guard !entries.isEmpty, entries.count <= requested.count else {
            throw InvalidResponse("\(entries.count) responses to \(requested.count) requests")
        }
        documents = zip(requested, entries).map { document, entry in
            Result { () throws(InvalidResponse) in try Entry(entry, to: document) }
        }
    }

    /// Appends the members of the body to an object that is being written.
    ///
    /// - Parameters:
    ///   - entries: what is said about each document.
    ///   - epochStatement: the signed statement that the store's epoch counts.
    ///   - body: the object.
    package static func append(
        _ entries: [Entry], epochStatement: EpochStatement?, to body: inout JSONWriter
    ) {
        body.array("documents") { list in
            for entry in entries { entry.append(to: &list) }
        }
        if let epochStatement { body.member("epoch_statement", verbatim: epochStatement.jsonBytes) }
    }
}

extension BatchGetResponse.Entry {
    /// How much content goes with it.
    package var contentBytes: Int {
        if case .record(let record, _) = self { record.content.bytes.count } else { 0 }
    }

    fileprivate func append(to list: inout JSONWriter) {
        list.object { entry in
            switch self {
            case .record(let record, let epoch):
                entry.member("status", 200)
                entry.member("etag", epoch.etag(record.version))
                entry.member("epoch", epoch.description)
                entry.member("record", verbatim: record.jsonBytes)
            case .notModified(let etag, let facts):
                entry.member("status", 304)
                entry.member("etag", etag)
                entry.member("version", facts?.version)
                entry.member("change_type", facts?.changeType.rawValue)
                entry.member("content_hash", facts?.contentHash)
                entry.member("record_hash", facts?.recordHash)
                entry.member("record_epoch", facts?.epoch.description)
            case .problem(let problem):
                entry.member("status", problem.status)
                entry.member("problem", verbatim: problem.jsonBytes)
            }
        }
    }
}

extension BatchGetResponse.Entry {
    /// Reads one entry.
    package init(_ entry: JSONValue, to requested: DocumentRequest) throws(InvalidResponse) {
        guard case .object(let entry) = entry else { throw InvalidResponse("a response that is not an object") }
        let status = try ResponseJSON.fields { () throws(JSONFieldError) in try entry.int64("status") }
        switch status {
        case 200: self = try Self.record(entry, of: requested.key)
        case 304:
            guard requested.ifNoneMatch != nil else {
                throw InvalidResponse("'not modified' to a request without a condition")
            }
            self = try ResponseJSON.fields { () throws(JSONFieldError) in
                .notModified(etag: try entry.string("etag"), facts: try Self.facts(entry, of: requested.key))
            }
        default:
            let document = try ResponseJSON.fields { () throws(JSONFieldError) in try entry.object("problem") }
            self = .problem(Problem(status: Int(clamping: status), document: document))
        }
    }

    private static func record(_ entry: JSONObject, of key: DocumentKey) throws(InvalidResponse) -> Self {
        let (object, etag, epoch) = try ResponseJSON.fields { () throws(JSONFieldError) in
            (try entry.object("record"), try entry.string("etag"), try entry.parsed("epoch") { Epoch(parsing: $0) })
        }
        let record = try ResponseJSON.record(object)
        guard record.key == key else { throw InvalidResponse("a record of another document") }
        guard etag == epoch.etag(record.version) else {
            throw InvalidResponse("an ETag that does not name the version")
        }
        return .record(record, epoch: epoch)
    }

    private static func facts(_ entry: JSONObject, of key: DocumentKey) throws(JSONFieldError) -> SignedFacts? {
        guard entry["record_hash"] != nil else { return nil }
        return SignedFacts(
            epoch: try entry.parsed("record_epoch") { Epoch(parsing: $0) }, key: key,
            version: try entry.int64("version"),
            changeType: try entry.parsed("change_type") { ChangeType(rawValue: $0) },
            contentHash: try entry.string("content_hash"), recordHash: try entry.string("record_hash"))
    }
}
