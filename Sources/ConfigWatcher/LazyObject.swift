import ConfigModel
import Synchronization

/// A content as a value, which is made when it is read and kept from then on. It takes several times the memory of the
/// bytes, and most watchers of a large group never read it.
final class LazyObject: Sendable {
    private let content: Content
    private let object: Mutex<JSONObject?>

    /// - Parameters:
    ///   - content: the content, which is JSON for certain: it was read before.
    ///   - object: what it says.
    init(_ content: Content, _ object: JSONObject) {
        self.content = content
        self.object = Mutex(object)
    }

    /// What the content says.
    var value: JSONObject {
        object.withLock { object in
            if let object { return object }
            let value = (try? content.object) ?? JSONObject()
            object = value
            return value
        }
    }

    /// Keeps nothing until it is read the next time.
    func release() { object.withLock { $0 = nil } }
}
