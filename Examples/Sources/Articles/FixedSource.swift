import ConfigModel  // DocumentKey, Content; part of the product ConfigWatcher
import ConfigWatcher

/// Serves one document that never changes.
struct FixedSource: ConfigSource {
    let documents: [DocumentKey: DocumentVersion]

    init(_ json: String, as key: String) throws {
        let key = try DocumentKey(parsing: key)
        let content = try Content(parsing: Array(json.utf8))
        documents = [key: DocumentVersion(local: key, version: 1, changeType: .created, content: content)]
    }

    func run(_ feed: SourceFeed) async {
        for key in feed.documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
        for await request in feed.requests {
            switch request {
            case .follow(let key): feed.send(.mayHaveChanged(isFresh: true), to: key)
            case .unfollow, .followPrefix, .unfollowPrefix: break
            case .read(let read): read.respond(documents[read.key].map(SourceResponse.version) ?? .unknown)
            }
        }
    }
}
