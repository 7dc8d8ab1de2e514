import Synchronization

/// A reference that many threads read while another replaces it.
///
/// The lock is held for as long as it takes to retain the object, or to exchange two pointers.
final class PublishedReference<Object: AnyObject & Sendable>: Sendable {
    private let object: Mutex<Object>

    init(_ object: Object) { self.object = Mutex(object) }

    /// The object that was published last.
    var value: Object { object.withLock { $0 } }

    /// Publishes another object; readers see it from now on.
    func replace(with new: Object) {
        // The last reference is released outside the lock: that may take long.
        _ = object.withLock { object in
            defer { object = new }
            return object
        }
    }
}
