import ConfigModel
import ConfigRegistry
import RegistryAPI
import RegistryClient

/// How a writer's contents come to the registry.
enum BenchPublisher: Sendable {
    private static let author = "configbus bench"
    private static let comment = "bench"

    /// Over HTTP, as in production.
    case client(RegistryClient)
    /// By a call in this process: the difference is what HTTP takes.
    case registry(Registry)

    init(_ plan: BenchPlan, _ target: BenchRegistry) throws {
        self =
            plan.isWithoutHTTP
            ? .registry(target.registry) : .client(try RegistryClient(url: target.url, tls: plan.tls))
    }

    func create(_ content: Content, as key: DocumentKey) async throws -> VersionRecord {
        switch self {
        case .client(let client): try await client.create(content, as: key, Self.options).record
        case .registry(let registry): try await registry.publish(Self.change(content, of: key, .create)).record
        }
    }

    func update(_ content: Content, of key: DocumentKey) async throws -> VersionRecord {
        switch self {
        case .client(let client): try await client.update(content, of: key, Self.options).record
        case .registry(let registry): try await registry.publish(Self.change(content, of: key, .update)).record
        }
    }

    private static let options = WriteOptions(comment: comment, createdBy: author)

    private static func change(_ content: Content, of key: DocumentKey, _ mode: PublishMode) -> ChangeRequest {
        let origin = ChangeOrigin(
            author: author, comment: comment, changeID: UUIDText.random(), isChangeIDFromClient: false)
        return ChangeRequest(.publish(content, mode), of: key, origin: origin)
    }
}
