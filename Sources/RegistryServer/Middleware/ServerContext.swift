package import Hummingbird
import NIOCore

/// What is known about a request while it is handled.
package struct ServerContext: RequestContext {
    /// What Hummingbird keeps of a request.
    package var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel

    /// Taken from the connection.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
