import ConfigModel
import ConfigNotation
import ConfigWatcher

/// What `agent.yaml` says.
struct AgentSettings: Sendable, Equatable {
    /// What is read when the agent starts and cannot change before it starts again.
    struct Fixed: Sendable, Equatable {
        var registry: Registry
        var broker: Broker?
        /// The file with the keys that may sign.
        var trustedKeys: String?
        /// The folder that keeps what took effect last.
        var cache: String
        var status: ListeningAddress?
    }

    /// The registry, or several that serve the same documents.
    struct Registry: Sendable, Equatable {
        var urls: [String]
        var tokenFile: String?
        var caFile: String?
        var clientCertificate: String?
        var clientKey: String?
        var allowsPlaintext = false
    }

    /// Where changes are announced; without one it is the registry's own stream.
    struct Broker: Sendable, Equatable {
        var uriFile: String
        var exchange = "config.changes"
        var publishers: [String]?
    }

    var fixed: Fixed
    var documents: [AgentDocument]
}

/// One document, or all below a prefix, each with a file.
struct AgentDocument: Sendable, Equatable {
    /// What is followed.
    enum Subject: Sendable, Hashable {
        case document(DocumentKey)
        case prefix(DocumentPrefix)
    }

    /// What is done when the document is deleted.
    enum Deletion: String, Sendable, CaseIterable {
        case keep
        case remove
    }

    /// What makes a version take effect.
    enum Reload: Sendable, Equatable {
        case command(AgentProgram)
        case signal(ProcessSignal)
    }

    var subject: Subject
    var overlay = false
    var path: FileTemplate
    /// As it was written: `env`.
    var format = "json"
    var notation = FileNotation.json
    var attributes = WantedAttributes(isForNewFilesOnly: false)
    var check: AgentProgram?
    var reload: Reload?
    var deletion = Deletion.keep
    /// How long further versions are waited for; zero is not at all.
    var debounce = Duration.zero

    /// The document; nil for a prefix.
    var key: DocumentKey? { if case .document(let key) = subject { key } else { nil } }
}

/// A program with its arguments.
struct AgentProgram: Sendable, Equatable {
    var line: UserCommand.Line
    var limit = Duration.seconds(30)
}
