import ArgumentParser
import ConfigModel
import RegistryClient

/// What became of an export.
struct ExportReport {
    /// A document that another file has than was wanted.
    fileprivate struct Fallback {
        let key: DocumentKey
        let file: String
        let reason: String
    }

    let directory: String
    /// What the caller sees of the registry.
    let readable: ReadableDocuments
    private(set) var documents: [ExportedFile] = []
    private(set) var schemas: [ExportedFile] = []
    private var written = 0
    private var unchanged = 0
    private var fallbacks: [Fallback] = []
    /// What could not be written, as sentences.
    private var problems: [String] = []
    /// Documents whose newest version is stored but cannot be read.
    var damaged: [String] = []
    /// Files of documents that the registry does not have.
    private var left: [String] = []

    init(directory: String, readable: ReadableDocuments) { (self.directory, self.readable) = (directory, readable) }

    /// Takes what became of some documents.
    mutating func add(
        _ records: [VersionRecord], _ files: [(key: DocumentKey, file: String, outcome: ExportFolder.Outcome)]
    ) {
        documents += records.map {
            ExportedFile(key: $0.key, version: $0.version, contentHash: $0.content.hash)
        }
        add(files)
    }

    /// Takes what became of some schemas.
    mutating func add(
        _ served: [ServedSchema], _ files: [(key: DocumentKey, file: String, outcome: ExportFolder.Outcome)]
    ) {
        let keys = Set(files.map(\.key.service))
        schemas += served.filter { keys.contains($0.service) }.compactMap { schema in
            guard let key = try? SchemaDocument.key(of: schema.service) else { return nil }
            return ExportedFile(
                key: key, version: schema.version, contentHash: schema.document.content.hash,
                checks: schema.document.checks)
        }
        add(files)
    }

    private mutating func add(_ files: [(key: DocumentKey, file: String, outcome: ExportFolder.Outcome)]) {
        for (key, file, outcome) in files {
            switch outcome {
            case .unchanged: unchanged += 1
            case .written(let reason):
                written += 1
                if let reason { fallbacks.append(Fallback(key: key, file: file, reason: reason)) }
            case .refused(let reason): problems.append("\(file): \(reason)")
            }
        }
    }

    /// Takes a document that cannot be written.
    mutating func refuse(_ key: DocumentKey, _ reason: String) { problems.append("\(key.title): \(reason)") }

    /// Takes the files that stay although the registry has no such documents. Of those that the caller may not read, nothing
    /// is known.
    mutating func leaveFiles(of tree: DocumentTree?, _ selection: ExportSelection) {
        guard let tree else { return }
        let present = Set((documents + schemas).map(\.key))
        left = tree.files.filter { key, _ in
            selection.includes(key) && !present.contains(key) && (readable.includes(key) || readable.isAll)
        }.map(\.value).sorted()
    }

    /// Prints it.
    ///
    /// - Throws: `CommandFailure` when a document is missing, which names each.
    func conclude(_ output: OutputOptions) throws {
        for fallback in fallbacks { Warning.say("\(fallback.file) is JSON: \(fallback.reason)") }
        if !readable.isAll {
            Warning.say(
                "This is not all of the registry: the export has what its token may read (\(readable)), and 'import --prune' of it "
                    + "leaves every other document.")
        }
        for file in left { Warning.say("\(file) stays, and the registry has no such document.") }
        let missing =
            problems
            + damaged.map { "\($0): its newest version is damaged in the store; 'configbus doctor' says more." }
        guard missing.isEmpty else {
            let failure = CommandFailure.refused("\(Count.text(missing.count, "document")) could not be exported.")
                .with(missing)
            guard case .object(let members) = json else { throw failure }
            throw members.reduce(failure) { $0.with($1.key, $1.value) }
        }
        try output.print(json) { summary }
    }

    private var summary: String {
        let schemas = schemas.isEmpty ? "" : " and \(Count.text(schemas.count, "schema"))"
        let files = unchanged == 0 ? "" : ": \(Count.text(written, "file")) written, \(unchanged) unchanged"
        return "\(Count.text(documents.count, "document"))\(schemas) exported to \(directory)\(files)."
    }

    private var json: JSONValue {
        var object = JSONObject()
        object["directory"] = .string(directory)
        object["documents"] = .number(JSONNumber(documents.count))
        object["schemas"] = .number(JSONNumber(schemas.count))
        object["written"] = .number(JSONNumber(written))
        object["unchanged"] = .number(JSONNumber(unchanged))
        object["readable"] = readable.json
        object["json_instead"] = .array(fallbacks.map(\.json))
        object["left"] = .array(left.map { .string($0) })
        return .object(object)
    }
}

extension ExportReport.Fallback {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["service_name"] = .string(key.service)
        if !key.isReserved { object["environment"] = .string(key.environment) }
        object["file"] = .string(file)
        object["reason"] = .string(reason)
        return .object(object)
    }
}
