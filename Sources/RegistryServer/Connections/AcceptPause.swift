import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Accepts no connections for a while when the process or the machine has no descriptor left for another one. Otherwise the
/// socket stays readable, and the event loop would ask for the same connection again and again.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = Channel

    private static let length = TimeAmount.milliseconds(500)

    private let logger: Logger
    private var isPausing = false
    private var isLogged = false

    init(logger: Logger) { self.logger = logger }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isLogged {
            isLogged = false
            logger.notice("connections are accepted again")
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        if !isLogged {
            isLogged = true
            logger.error(
                "no descriptor is left for another connection; new ones wait: raise the limit (ulimit -n, LimitNOFILE=)",
                metadata: ["error": "\(error)"])
        }
        pause(context.channel)
    }

    private func pause(_ channel: any Channel) {
        guard !isPausing else { return }
        isPausing = true
        try? channel.syncOptions?.setOption(.autoRead, value: false)
        channel.eventLoop.assumeIsolated().scheduleTask(in: Self.length) { [self] in
            isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
