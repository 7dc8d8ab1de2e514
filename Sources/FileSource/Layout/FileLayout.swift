import ConfigModel

/// Which file holds which document.
enum FileLayout: Sendable {
    /// One file for every document that is followed.
    case file(String, FileFormat)
    /// A directory with a file for each.
    case directory(String)

    /// What the application named.
    var path: String {
        switch self {
        case .file(let path, _), .directory(let path): path
        }
    }

    /// Looks at the files of documents.
    func survey(_ wanted: SurveyRequest) -> Survey {
        switch self {
        case .file(let path, let format): SingleFile(path: path, format: format).survey(wanted)
        case .directory(let path): DocumentDirectory(path: path).survey(wanted)
        }
    }
}

/// What is to be looked at.
struct SurveyRequest: Sendable {
    /// The documents that are followed.
    var keys: Set<DocumentKey>
    /// By what each is known; a file that has the same stamp is not read.
    var stamps: [DocumentKey: FileStamp] = [:]
    /// These are read whatever their stamps say.
    var forced: Set<DocumentKey> = []
    /// Documents below these are looked for.
    var prefixes: [DocumentPrefix] = []
}

/// What was found.
struct Survey: Sendable {
    /// Documents whose files were read, or are not there; those that are left out did not change.
    var sightings: [DocumentKey: Sighting] = [:]
    /// Documents below the prefixes that have a file.
    var found: Set<DocumentKey> = []
    /// Where changes show.
    var places = WatchedPlaces()
    /// False when the way to the files changed meanwhile, so that they may belong to two generations.
    var isConsistent = true

    struct Sighting: Sendable {
        let look: FileLook
        let stamp: FileStamp?
        /// The file in a directory that was looked at.
        let path: String?

        init(_ look: FileLook, _ stamp: FileStamp? = nil, at path: String? = nil) {
            self.look = look
            self.stamp = stamp
            self.path = path
        }

        init(_ fault: FileFault, at path: String? = nil) { self.init(.unreadable(fault, text: nil), at: path) }
    }
}

/// The directories in which changes show, and which names in them matter.
struct WatchedPlaces: Sendable, Equatable {
    private struct Names: Sendable, Equatable {
        var names: Set<String> = []
        var environment: String?
    }

    /// What a change of a name means.
    enum Meaning: Sendable, Equatable {
        /// The file of this document.
        case document(DocumentKey)
        /// The way to the files.
        case everything
    }

    private var directories: [String: Names] = [:]

    /// Their paths, without symbolic links.
    var paths: [String] { Array(directories.keys) }

    /// These places matter too.
    mutating func merge(_ other: WatchedPlaces) {
        directories.merge(other.directories) { own, other in
            Names(names: own.names.union(other.names), environment: other.environment ?? own.environment)
        }
    }

    /// The way through these places matters.
    mutating func add(_ walk: PathWalk) {
        for place in walk.places { directories[place.directory, default: Names()].names.insert(place.name) }
    }

    /// This directory holds the documents of an environment.
    mutating func add(_ directory: String, environment: String) {
        directories[directory, default: Names()].environment = environment
    }

    /// What it means that something happened to a name in a directory; nil when it is no matter.
    func meaning(of name: String, in directory: String) -> Meaning? {
        guard let names = directories[directory] else { return nil }
        if names.names.contains(name) { return .everything }
        guard let environment = names.environment, let file = DocumentDirectory.File(name),
            let key = try? DocumentKey(service: String(file.service), environment: environment)
        else { return nil }
        return .document(key)
    }
}
