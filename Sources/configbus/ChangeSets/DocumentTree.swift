import ConfigModel
import SystemPackage

/// Documents in files: `ENVIRONMENT/SERVICE.json`, `.yaml`, `.yml` or `.toml`, and schemas in `_schema/SERVICE.json` and so
/// on. The last ending is the notation, what is in front of it the service.
struct DocumentTree {
    /// The documents, in the order of environment and service; the content of a schema's key is the bare JSON Schema.
    private(set) var documents: [(key: DocumentKey, content: Content)] = []
    /// The environments that have a folder, an empty one too.
    private(set) var environments: [String] = []
    /// The path of each document's file below the folder.
    private(set) var files: [DocumentKey: String] = [:]
    /// What an export says of the documents; nil when there is none.
    private(set) var manifest: ExportManifest?
    /// What lies beside the documents and is none: paths below the folder. Names that begin with a dot are not looked at.
    private var others: [String] = []
    /// What is wrong, file by file.
    private var faults: [String] = []

    /// The folder of the schemas. No environment can have this name.
    static let schemas = "_schema"

    /// What was left out, as a sentence; nil for nothing.
    var note: String? {
        guard !others.isEmpty else { return nil }
        let shown = others.prefix(Self.shownOthers).joined(separator: ", ")
        let more = others.count > Self.shownOthers ? " and \(others.count - Self.shownOthers) more" : ""
        return "\(shown)\(more): left out, because there is no document in \(others.count == 1 ? "it" : "them")."
    }

    private static let shownOthers = 10

    /// What the names of files begin with that are being written: an export that was ended in the middle leaves one.
    static let temporaryPrefix = ".configbus-"

    /// Reads all files below a folder.
    ///
    /// - Parameters:
    ///   - consequence: what is not done when something is wrong, for the error.
    ///   - mayBeEmpty: true for a folder that has no document yet.
    /// - Throws: `CommandFailure` that names everything that is wrong.
    static func read(
        _ path: String, consequence: String = "Nothing was changed", mayBeEmpty: Bool = false
    ) throws -> DocumentTree {
        var tree = DocumentTree()
        do {
            try OpenFolder.with(path) { try tree.readEnvironments(of: $0) }
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read the folder \(path): \(error).")
        }
        guard tree.faults.isEmpty else {
            throw CommandFailure.refused(
                "\(consequence): \(path) has \(Count.text(tree.faults.count, "fault")). A folder holds "
                    + "ENVIRONMENT/SERVICE.json, .yaml or .toml, and _schema/SERVICE.json."
            ).with(tree.faults)
        }
        guard mayBeEmpty || !tree.documents.isEmpty else {
            throw CommandFailure.refused(
                "\(path) has no document: write one as ENVIRONMENT/SERVICE.json, .yaml or .toml.")
        }
        return tree
    }

    private mutating func readEnvironments(of folder: OpenFolder) throws {
        for entry in try folder.entries() where !entry.isHidden {
            guard let name = named(entry, in: nil) else { continue }
            switch entry.kind {
            case .folder:
                do {
                    if try folder.withFolder(name, { try Self.isBeside($0) }) {
                        others.append("\(name)/")
                        continue
                    }
                    if name != Self.schemas {
                        _ = try DocumentKey(service: "any", environment: name)
                        environments.append(name)
                    }
                    try folder.withFolder(name) { try readDocuments(of: $0, name) }
                } catch let error as InvalidName {
                    faults.append("\(name)/: \(error)")
                } catch let error as Errno {
                    faults.append("\(name)/: it cannot be read (\(error)).")
                }
            case .file where name == ExportManifest.name: readManifest(of: folder)
            case .file where !ContentNotation.isNamed(byEndingOf: name): others.append(name)
            case .file: faults.append("\(name): a document lies in a folder that is named like its environment.")
            case .link, .other: break
            }
        }
    }

    /// How deep is looked for documents in a folder beside the environments.
    private static let depth = 8

    /// True for a folder that has something and no document at any depth: scripts, pages.
    private static func isBeside(_ folder: OpenFolder) throws -> Bool {
        let entries = try folder.entries().filter { !$0.isHidden }
        return try !entries.isEmpty && !mayHaveDocuments(entries, in: folder, depth: depth)
    }

    private static func mayHaveDocuments(
        _ entries: [OpenFolder.Entry], in folder: OpenFolder, depth: Int
    ) throws -> Bool {
        try entries.contains { entry in
            guard let name = entry.name, depth > 0 else { return true }
            switch entry.kind {
            case .file: return ContentNotation.isNamed(byEndingOf: name)
            case .folder:
                return try folder.withFolder(name) { inner in
                    try mayHaveDocuments(inner.entries().filter { !$0.isHidden }, in: inner, depth: depth - 1)
                }
            case .link, .other: return true
            }
        }
    }

    /// True for a page between the documents of an environment.
    private static func isForPeople(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "readme" || name.hasSuffix(".md")
    }

    private mutating func readManifest(of folder: OpenFolder) {
        do {
            manifest = try ExportManifest(parsing: try folder.contents(of: ExportManifest.name))
        } catch let error as Errno {
            faults.append("\(ExportManifest.name): it cannot be read (\(error)).")
        } catch {
            faults.append("\(ExportManifest.name): \(error)")
        }
    }

    private mutating func readDocuments(of folder: OpenFolder, _ environment: String) throws {
        for entry in try folder.entries() where !entry.isHidden {
            guard let name = named(entry, in: environment) else { continue }
            let path = "\(environment)/\(name)"
            if entry.kind == .file, Self.isForPeople(name) {
                others.append(path)
                continue
            }
            guard entry.kind == .file else {
                faults.append("\(path)/: an environment has no folders; a service with dots in its name is one file.")
                continue
            }
            do {
                try readDocument(name, path, environment, folder)
            } catch let failure as CommandFailure {
                faults.append(failure.description)
            } catch let error as InvalidName {
                faults.append("\(path): \(error)")
            } catch let error as Errno {
                faults.append("\(path): it cannot be read (\(error)).")
            }
        }
    }

    private mutating func readDocument(
        _ name: String, _ path: String, _ environment: String, _ folder: OpenFolder
    ) throws {
        guard ContentNotation.isNamed(byEndingOf: name), let notation = ContentNotation(path: name),
            let service = FilePath(name).stem
        else { throw CommandFailure.refused("\(path): it ends in none of \(ContentNotation.endings).") }
        let key =
            environment == Self.schemas
            ? try SchemaDocument.key(of: service) : try DocumentKey(service: service, environment: environment)
        let content = try notation.document(try folder.contents(of: name), name: path)
        if let other = files.updateValue(path, forKey: key) {
            faults.append("\(path): \(key.title) is in \(other) too.")
            return
        }
        documents.append((key, content))
    }

    /// The name of an entry that can be looked at; what cannot is a fault.
    private mutating func named(_ entry: OpenFolder.Entry, in environment: String?) -> String? {
        let folder = environment.map { "\($0)/" } ?? ""
        guard let name = entry.name else {
            faults.append("\(folder): it has a file whose name is not UTF-8.")
            return nil
        }
        switch entry.kind {
        case .file, .folder: return name
        case .link: faults.append("\(folder)\(name): it is a symbolic link, which is not followed.")
        case .other: faults.append("\(folder)\(name): it is no regular file.")
        }
        return nil
    }
}
