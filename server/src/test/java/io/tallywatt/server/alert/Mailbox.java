package io.tallywatt.server.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that keeps what arrives, and refuses what it is told to. */
final class Mailbox implements AutoCloseable {
    /** As it arrived. */
    record Mail(String from, List<String> to, byte[] raw) {
        MimeMessage message() throws MessagingException {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        }
    }

    final List<Mail> mails = new CopyOnWriteArrayList<>();
    final List<String> logins = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> refusedRecipients = new ConcurrentHashMap<>();
    private final SMTPServer server;
    private volatile int refuseData;

    Mailbox() {
        this(0);
    }

    Mailbox(int port) {
        this(port, b -> b);
    }

    Mailbox(int port, UnaryOperator<SMTPServer.Builder> more) {
        server = more.apply(SMTPServer.port(port)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .hostName("localhost")
                        .messageHandlerFactory(Taking::new))
                .build();
        server.start();
    }

    /** One that only {@code tallywatt} with a password may use. */
    static UnaryOperator<SMTPServer.Builder> login(Mailbox[] box, String password) {
        return builder -> builder.requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, given, context) -> {
                    box[0].logins.add(user);
                    if (!user.equals("tallywatt") || !given.equals(password)) {
                        throw new LoginFailedException();
                    }
                }));
    }

    int port() {
        return server.getPortAllocated();
    }

    void refuseRecipient(String address, int code) {
        refusedRecipients.put(address, code);
    }

    /** 0 to take it. */
    void refuseData(int code) {
        refuseData = code;
    }

    private final class Taking implements MessageHandler {
        private final List<String> to = new ArrayList<>();
        private String from = "";

        Taking(MessageContext context) {}

        @Override
        public void from(String address) {
            from = address;
        }

        @Override
        public void recipient(String address) throws RejectException {
            Integer code = refusedRecipients.get(address);
            if (code != null) {
                throw new RejectException(code, "not here");
            }
            to.add(address);
        }

        @Override
        public String data(InputStream in) throws RejectException, IOException {
            byte[] raw = in.readAllBytes();
            if (refuseData != 0) {
                throw new RejectException(refuseData, "no such mail");
            }
            mails.add(new Mail(from, List.copyOf(to), raw));
            return null;
        }

        @Override
        public void done() {}
    }

    @Override
    public void close() {
        server.stop();
    }
}
